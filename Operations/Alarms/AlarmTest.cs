using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Workspace;

namespace Infra.Operations.Alarms;

/// <summary>Raises an alarm, waits until its actions are in its history, and sets its state back.</summary>
/// <param name="context">Context of the run.</param>
/// <param name="cloudWatch">CloudWatch of the account.</param>
/// <param name="topics">Topics that it notifies.</param>
/// <param name="timeout">How long to wait for the actions.</param>
/// <param name="pause">Polling interval.</param>
internal sealed class AlarmTest(
    RunContext context, CloudWatchClient cloudWatch, AlarmTopics topics, TimeSpan timeout, TimeSpan pause)
{
    private const string Raised = "Test by ./infra alarms test";

    private const string Ended = "End of the test by ./infra alarms test";

    /// <returns>What is wrong; empty if every action succeeded and every subscription is confirmed.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CloudWatchAlarm alarm)
    {
        IReadOnlyList<AlarmHistoryItem> before = await cloudWatch.DescribeActionsAsync(alarm.Name, context.Stopping);
        IReadOnlyList<AlarmHistoryItem> actions = [];
        await cloudWatch.SetAlarmStateAsync(alarm.Name, "ALARM", Raised, context.Stopping);
        try
        {
            context.Reporter.Line($"{alarm.Name}: set to ALARM");
            DateTime end = DateTime.UtcNow + timeout;
            while (actions.Count < alarm.AlarmActions.Count && DateTime.UtcNow < end)
            {
                await Task.Delay(pause, context.Stopping);
                actions = [.. (await cloudWatch.DescribeActionsAsync(alarm.Name, context.Stopping)).Except(before)];
            }
        }
        finally
        {
            // Also after an interruption: otherwise the alarm stays raised until CloudWatch evaluates it again.
            await cloudWatch.SetAlarmStateAsync(alarm.Name, alarm.State, Ended, CancellationToken.None);
            context.Reporter.Line($"{alarm.Name}: set back to {alarm.State}; CloudWatch evaluates it again in its next period");
        }

        var findings = new List<string>();
        foreach (string action in alarm.AlarmActions)
            findings.AddRange(await CheckAsync(action, actions));
        return findings;
    }

    private async Task<IReadOnlyList<string>> CheckAsync(string action, IReadOnlyList<AlarmHistoryItem> actions)
    {
        if (actions.FirstOrDefault(item => item.Summary.Contains(action, StringComparison.Ordinal)) is not { } executed)
            return [$"{action} is not in the alarm's history after {Reporter.Duration(timeout)}"];
        if (!executed.Succeeded)
            return
            [
                $"{executed.Summary}: check the policy of the topic, and of its key if it is encrypted with a customer managed key",
            ];
        foreach (SnsSubscription subscription in await topics.SubscriptionsAsync(action, context.Stopping))
            if (subscription.Confirmed)
                context.Reporter.Line(
                    $"  {AlarmTopics.NameOf(action)}: published, sent to {subscription.Endpoint} ({subscription.Protocol})");
        return await topics.FindingsAsync(action, context.Stopping);
    }
}
