using Infra.Configuration.Derived;
using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Messaging;

internal static class Queues
{
    // The default of SQS. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
    private const int ShortestUsualTimeout = 30;

    [Rule("messaging/queues",
        "Settings of FIFO queues are only set for these, and a message's age can reach the threshold of its alarm before it is deleted.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        foreach ((string name, QueueConfig queue) in config.Queues)
        {
            string path = ConfigPath.Join("queues", name);
            if (queue is { ContentBasedDeduplication: true, Fifo: false })
                yield return new RuleViolation(
                    $"{path}.contentBasedDeduplication", "needs a FIFO queue; add \"fifo\": true, or leave it out", $"{path}.fifo");
            int retentionMinutes = queue.RetentionDays * 24 * 60;
            if (queue.OldestMessageMinutes >= retentionMinutes)
                yield return new RuleViolation($"{path}.oldestMessageMinutes",
                    $"{queue.OldestMessageMinutes} is not less than the retention, {retentionMinutes} minutes; nearest: "
                        + $"{retentionMinutes - 1}",
                    $"{path}.retentionDays");
        }
    }

    [Rule("messaging/queue-use", "A queue has a receiver, and a visibility timeout in which a message can be processed.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        foreach ((string name, QueueConfig queue) in config.Queues)
        {
            string path = ConfigPath.Join("queues", name);
            if (!Application.Of(config).Any(application => QueueUse.Receives(application.Uses, name)))
                yield return new RuleViolation(path,
                    $"has no receiver: no service or agent has {Scalars.Show($"{name}:{QueueUse.Receive}")} in uses.queues", "services",
                    "agents");
            if (queue.VisibilityTimeoutSeconds < ShortestUsualTimeout)
                yield return new RuleViolation($"{path}.visibilityTimeoutSeconds",
                    $"{queue.VisibilityTimeoutSeconds} is short: a message that takes longer to process is delivered again; at least "
                        + $"{ShortestUsualTimeout}");
        }
    }
}
