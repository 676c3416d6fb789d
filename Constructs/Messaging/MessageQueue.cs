using Constructs;
using HashiCorp.Cdktf.Providers.Aws.SqsQueue;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Messaging;

/// <summary>
/// An SQS queue: encrypted, only over TLS, with a dead-letter queue that only it can use and an alarm for messages in that.
/// </summary>
internal sealed class MessageQueue : Construct
{
    private const int SecondsPerDay = 24 * 3600;

    // The longest that SQS allows. A message keeps the time at which it was first sent, so a shorter retention would leave little time.
    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html
    private const int DeadLetterDays = 14;

    private readonly MessageQueueProps _props;

    public MessageQueue(Construct scope, string id, MessageQueueProps props) : base(scope, id)
    {
        _props = props;
        QueueConfig config = props.Config;
        DeploymentContext context = props.Context;
        string name = context.Names.Queue(props.Name, config.Fifo);
        Outputs = new QueueOutputs(context.QueueUrl(name), context.Arn("sqs", name));

        string? deadLetters = config.DeadLetterQueue ? AddDeadLetterQueue(id, Outputs.Arn) : null;
        SqsQueueConfig queue = Common(name);
        queue.VisibilityTimeoutSeconds = config.VisibilityTimeoutSeconds;
        queue.MessageRetentionSeconds = config.RetentionDays * SecondsPerDay;
        queue.ReceiveWaitTimeSeconds = config.ReceiveWaitSeconds;
        queue.DelaySeconds = config.DelaySeconds;
        queue.ContentBasedDeduplication = config.ContentBasedDeduplication ? true : null;
        queue.RedrivePolicy = deadLetters is null
            ? null
            // In alphabetical order, as SQS returns it.
            : Json(new JObject { ["deadLetterTargetArn"] = deadLetters, ["maxReceiveCount"] = config.MaxReceives });
        new SqsQueue(this, "queue", queue).Named(id);
    }

    public QueueOutputs Outputs { get; }

    /// <summary>Purpose of the alarm of a queue's dead-letter queue.</summary>
    public static string AlarmPurpose(string queue) => $"queue-{queue}-dead-letters";

    /// <summary>Returns the ARN, as a reference, because SQS accepts only a dead-letter queue that exists.</summary>
    private string AddDeadLetterQueue(string id, string sourceArn)
    {
        string name = _props.Context.Names.DeadLetterQueue(_props.Name, _props.Config.Fifo);
        SqsQueueConfig config = Common(name);
        config.MessageRetentionSeconds = DeadLetterDays * SecondsPerDay;
        config.RedriveAllowPolicy =
            Json(new JObject { ["redrivePermission"] = "byQueue", ["sourceQueueArns"] = new JArray(sourceArn) });
        string arn = new SqsQueue(this, "dead-letters", config).Named($"{id}-dlq").Arn;

        new Alarms(this, _props.Context, _props.Topic.Arn).Add(
            $"{id}_dead-letters", AlarmPurpose(_props.Name),
            $"Messages of queue {_props.Name} were received {_props.Config.MaxReceives} times without success; they are in {name}",
            new AlarmRule(Metrics.Queue(name, "ApproximateNumberOfMessagesVisible", "Maximum"), Threshold: 0, Periods: 1,
                PeriodSeconds: 300));
        return arn;
    }

    private SqsQueueConfig Common(string name) => new()
    {
        Name = name,
        FifoQueue = _props.Config.Fifo ? true : null,
        MaxMessageSize = _props.Config.MaximumMessageKiB * 1024,
        KmsMasterKeyId = _props.Context.KeyArn,
        SqsManagedSseEnabled = _props.Context.KeyArn is null ? true : null,
        Policy = QueuePolicy.TlsOnly(_props.Context.Arn("sqs", name)).ToJson(),
        Lifecycle = _props.Context.PreventDestroy(),
    };

    private static string Json(JObject policy) => policy.ToString(Formatting.None);
}

/// <param name="Context">The deployment.</param>
/// <param name="Name">Name in the environment file: <c>orders</c>.</param>
/// <param name="Config">Its settings from the environment file.</param>
/// <param name="Topic">Topic that is notified.</param>
internal sealed record MessageQueueProps(DeploymentContext Context, string Name, QueueConfig Config, AlertTopicOutputs Topic);

/// <summary>Attributes of a queue.</summary>
internal sealed record QueueOutputs(string Url, string Arn);
