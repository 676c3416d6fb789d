using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Messaging;

internal static class Queues
{
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
}
