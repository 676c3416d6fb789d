using Infra.Naming;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Alarms;

/// <summary>Lists and tests the CloudWatch alarms of an environment.</summary>
internal sealed class AlarmsCommand(RunContext context, SessionOptions options, Connection connection)
{
    // CloudWatch executes the actions of an alarm within seconds.
    private static readonly TimeSpan ActionsWithin = TimeSpan.FromMinutes(1);

    private readonly CloudWatchClient _cloudWatch = new(connection.Access);
    private readonly AlarmTopics _topics = new(new SnsClient(connection.Access));

    private Names Names => connection.Environment.Names;

    public static async Task<AlarmsCommand> OpenAsync(RunContext context, SessionOptions options) =>
        new(context, options, await Connection.OpenAsync(context, options));

    /// <summary>Shows every alarm with its state and what it notifies, and subscriptions that are not confirmed.</summary>
    public async Task<ExitCode> ListAsync()
    {
        IReadOnlyList<CloudWatchAlarm> alarms = await AlarmsAsync();
        foreach (CloudWatchAlarm alarm in alarms)
        {
            string actions = alarm switch
            {
                { ActionsEnabled: false } => "its actions are disabled",
                { AlarmActions.Count: 0 } => "no actions",
                _ => $"notifies {string.Join(", ", alarm.AlarmActions.Select(AlarmTopics.NameOf))}",
            };
            context.Reporter.Line($"{alarm.Name}: {alarm.State}, {actions}");
        }

        if (alarms.Count == 0)
            context.Reporter.Line("no alarms: base and runtime are not deployed, or runtime is asleep");
        var findings = new List<string>();
        foreach (string topic in alarms.SelectMany(alarm => alarm.AlarmActions).Where(AlarmTopics.IsTopic).Distinct(StringComparer.Ordinal))
            findings.AddRange(await _topics.FindingsAsync(topic, context.Stopping));
        foreach (string finding in findings)
            context.Reporter.Warn(finding);
        context.Report(new JObject
        {
            ["alarms"] = new JArray(alarms.Select(alarm => new JObject
            {
                ["name"] = alarm.Name,
                ["state"] = alarm.State,
                ["actionsEnabled"] = alarm.ActionsEnabled,
                ["actions"] = new JArray(alarm.AlarmActions),
            })),
            ["findings"] = new JArray(findings),
        });
        return ExitCode.Ok;
    }

    /// <summary>Raises an alarm and checks that its notification was sent.</summary>
    /// <param name="named">
    /// Alarm, with or without the prefix of the environment; null means the first that is not raised and only notifies.
    /// </param>
    /// <param name="pause">Polling interval.</param>
    /// <exception cref="OperationException">There is no such alarm, it is raised already, or its notification was not sent.</exception>
    public async Task<ExitCode> TestAsync(string? named, TimeSpan? pause = null)
    {
        CloudWatchAlarm alarm = Choose(await AlarmsAsync(), named);
        if (alarm.State == "ALARM")
            throw OperationException.BadInput(
                $"{alarm.Name} is in state ALARM: a test would end it although its cause continues",
                "choose another alarm: ./infra alarms list");
        if (!alarm.ActionsEnabled || alarm.AlarmActions.Count == 0)
            throw OperationException.Failed(
                $"{alarm.Name} notifies nobody: {(alarm.ActionsEnabled ? "it has no actions" : "its actions are disabled")}",
                $"./infra deploy {options.AsTyped}");
        if (alarm.AlarmActions.FirstOrDefault(action => !AlarmTopics.IsTopic(action)) is { } change)
            throw OperationException.BadInput(
                $"{alarm.Name} does more than notify: a test would also execute {change}", "choose another alarm: ./infra alarms list");
        if (options.DryRun)
        {
            context.Reporter.Line($"would set {alarm.Name} to ALARM and back to {alarm.State}; "
                + $"notifies {string.Join(", ", alarm.AlarmActions.Select(AlarmTopics.NameOf))}");
            return ExitCode.Changes;
        }

        var confirmation = new Confirmation(connection.Environment.Config, options, context.Reporter);
        await confirmation.BeforeAsync($"set {alarm.Name} to ALARM, which notifies its subscribers", context.Stopping);
        IReadOnlyList<string> findings =
            await new AlarmTest(context, _cloudWatch, _topics, ActionsWithin, pause ?? TimeSpan.FromSeconds(2)).RunAsync(alarm);
        if (findings.Count > 0)
            throw OperationException.Failed(
                $"{alarm.Name}: the notification did not reach everybody", string.Join('\n', findings));
        context.Reporter.Good($"{alarm.Name}: the notification was sent to every subscription");
        return ExitCode.Ok;
    }

    private Task<IReadOnlyList<CloudWatchAlarm>> AlarmsAsync() =>
        _cloudWatch.DescribeAlarmsAsync($"{Names.Prefix}-", context.Stopping);

    private CloudWatchAlarm Choose(IReadOnlyList<CloudWatchAlarm> alarms, string? named)
    {
        if (alarms.Count == 0)
            throw OperationException.BadInput(
                $"{connection.Environment.Config.Name} has no alarms",
                $"./infra deploy {options.AsTyped}; if runtime is asleep, ./infra wake {options.AsTyped}");
        if (named is null)
            return alarms.FirstOrDefault(alarm => alarm.State != "ALARM" && alarm.AlarmActions.All(AlarmTopics.IsTopic)) ?? alarms[0];
        return alarms.FirstOrDefault(alarm => alarm.Name == named)
            ?? alarms.FirstOrDefault(alarm => alarm.Name == Names.For(NameRule.Alarm, named))
            ?? throw OperationException.BadInput(
                $"{connection.Environment.Config.Name} has no alarm {named}",
                $"available: {string.Join(", ", alarms.Select(alarm => alarm.Name))}");
    }
}
