using System.Xml.Linq;
using Infra.Operations.Aws;

namespace Infra.Operations.AwsClients;

/// <summary>
/// Actions of CloudWatch alarms. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html
/// </summary>
internal sealed class CloudWatchClient(AwsAccess access)
{
    private readonly AwsApi _api = access.Api("monitoring");

    /// <summary>Alarms whose names begin with the prefix, by name.</summary>
    public async Task<IReadOnlyList<CloudWatchAlarm>> DescribeAlarmsAsync(string prefix, CancellationToken cancellation)
    {
        var found = new List<CloudWatchAlarm>();
        var parameters = new Dictionary<string, string> { ["AlarmNamePrefix"] = prefix };
        await foreach (XElement page in _api.QueryPagesAsync("DescribeAlarms", parameters, "NextToken", cancellation))
            found.AddRange(page.Descendants("MetricAlarms").Elements("member").Select(Read));
        return [.. found.OrderBy(alarm => alarm.Name, StringComparer.Ordinal)];
    }

    /// <summary>Sets the state of an alarm until CloudWatch evaluates it again.</summary>
    public Task SetAlarmStateAsync(string alarm, string state, string reason, CancellationToken cancellation) => _api.QueryAsync(
        "SetAlarmState",
        new Dictionary<string, string> { ["AlarmName"] = alarm, ["StateValue"] = state, ["StateReason"] = reason }, cancellation);

    /// <summary>The last actions in the history of an alarm, newest first.</summary>
    public async Task<IReadOnlyList<AlarmHistoryItem>> DescribeActionsAsync(string alarm, CancellationToken cancellation)
    {
        XElement answer = await _api.QueryAsync(
            "DescribeAlarmHistory",
            new Dictionary<string, string> { ["AlarmName"] = alarm, ["HistoryItemType"] = "Action" }, cancellation);
        return
        [
            .. answer.Descendants("AlarmHistoryItems").Elements("member").Select(item => new AlarmHistoryItem(
                (string?)item.Element("Timestamp") ?? "", (string?)item.Element("HistorySummary") ?? "")),
        ];
    }

    private static CloudWatchAlarm Read(XElement alarm) => new(
        (string)alarm.Element("AlarmName")!,
        (string?)alarm.Element("StateValue") ?? "",
        (string?)alarm.Element("ActionsEnabled") == "true",
        [.. alarm.Elements("AlarmActions").Elements("member").Select(action => action.Value)]);
}

/// <summary>An alarm.</summary>
/// <param name="Name">Name.</param>
/// <param name="State">State: <c>OK</c>, <c>ALARM</c>, <c>INSUFFICIENT_DATA</c>.</param>
/// <param name="ActionsEnabled">Whether it executes actions.</param>
/// <param name="AlarmActions">ARNs of the actions when it is raised.</param>
internal sealed record CloudWatchAlarm(string Name, string State, bool ActionsEnabled, IReadOnlyList<string> AlarmActions);

/// <summary>An action in the history of an alarm.</summary>
/// <param name="Timestamp">When, as CloudWatch writes it.</param>
/// <param name="Summary">What: <c>Successfully executed action arn:aws:sns:…</c>.</param>
internal sealed record AlarmHistoryItem(string Timestamp, string Summary)
{
    /// <summary>Whether the action was executed.</summary>
    public bool Succeeded => Summary.StartsWith("Successfully executed action", StringComparison.Ordinal);
}
