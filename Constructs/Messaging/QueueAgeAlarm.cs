using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;

namespace Infra.Constructs.Messaging;

/// <summary>
/// Alarm for a queue whose messages wait too long. It belongs to runtime, as the services that receive them: while runtime is destroyed,
/// messages are expected to wait.
/// </summary>
internal sealed class QueueAgeAlarm : Construct
{
    public QueueAgeAlarm(Construct scope, string id, QueueAgeAlarmProps props) : base(scope, id) =>
        new Alarms(this, props.Context, props.AlertTopicArn).Add(
            id, $"queue-{props.Name}-oldest-message",
            $"The oldest message of queue {props.Name} has waited for more than {props.Config.OldestMessageMinutes} minutes",
            new AlarmRule(
                Metrics.Queue(
                    props.Context.Names.Queue(props.Name, props.Config.Fifo), "ApproximateAgeOfOldestMessage", "Maximum"),
                Threshold: props.Config.OldestMessageMinutes * 60, Periods: 1, PeriodSeconds: 300));
}

/// <param name="Context">The deployment.</param>
/// <param name="Name">Name in the environment file.</param>
/// <param name="Config">Its settings from the environment file.</param>
/// <param name="AlertTopicArn">Topic that is notified.</param>
internal sealed record QueueAgeAlarmProps(DeploymentContext Context, string Name, QueueConfig Config, string AlertTopicArn);
