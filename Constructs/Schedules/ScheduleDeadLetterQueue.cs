using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchMetricAlarm;
using HashiCorp.Cdktf.Providers.Aws.SqsQueue;
using Infra.Constructs.Foundation;
using Infra.Constructs.Messaging;
using Infra.Constructs.Monitoring;
using Infra.Naming;

namespace Infra.Constructs.Schedules;

/// <summary>
/// Dead-letter queue for scheduled actions that could not be started, and alarms for them and for failed builds: both cost money.
/// </summary>
internal sealed class ScheduleDeadLetterQueue : Construct
{
    /// <summary>Purposes of the alarms.</summary>
    public static readonly IReadOnlyList<string> AlarmPurposes = ["schedule-not-started", "schedule-failed"];

    private const int FourteenDays = 14 * 24 * 3600;

    public ScheduleDeadLetterQueue(Construct scope, string id, ScheduleDeadLetterQueueProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string name = context.Names.Queue(Names.MissedTurnsPurpose, fifo: false);
        QueueArn = context.Arn("sqs", name);
        new SqsQueue(this, "queue", new SqsQueueConfig
        {
            Name = name,
            MessageRetentionSeconds = FourteenDays,
            KmsMasterKeyId = context.KeyArn,
            SqsManagedSseEnabled = context.KeyArn is null ? true : null,
            Policy = QueuePolicy.TlsOnly(QueueArn).ToJson(),
        }).Named(id);

        Alarm($"{id}_not-started", AlarmPurposes[0], "A turn of the schedule could not be started; it is in the queue " + name,
            "AWS/SQS", "ApproximateNumberOfMessagesVisible", "Maximum", ("QueueName", name), props);
        Alarm($"{id}_failed", AlarmPurposes[1], $"A build of {context.Names.Cycle} failed: runtime may be up, down or in between",
            "AWS/CodeBuild", "FailedBuilds", "Sum", ("ProjectName", context.Names.Cycle), props);
    }

    public string QueueArn { get; }

    private void Alarm(
        string logicalId, string purpose, string description, string space, string metric, string statistic,
        (string Key, string Value) dimension, ScheduleDeadLetterQueueProps props) =>
        new CloudwatchMetricAlarm(this, purpose, new CloudwatchMetricAlarmConfig
        {
            AlarmName = props.Context.Names.For(NameRule.Alarm, purpose),
            AlarmDescription = description,
            Namespace = space,
            MetricName = metric,
            Dimensions = new Dictionary<string, string> { [dimension.Key] = dimension.Value },
            Statistic = statistic,
            Period = 300,
            EvaluationPeriods = 1,
            ComparisonOperator = "GreaterThanOrEqualToThreshold",
            Threshold = 1,
            TreatMissingData = "notBreaching",
            AlarmActions = [props.Topic.Arn],
            OkActions = [props.Topic.Arn],
        }).Named(logicalId);
}

/// <param name="Context">The deployment.</param>
/// <param name="Topic">Topic that is notified.</param>
internal sealed record ScheduleDeadLetterQueueProps(DeploymentContext Context, AlertTopicOutputs Topic);
