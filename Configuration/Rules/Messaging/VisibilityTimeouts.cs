using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Messaging;

internal static class VisibilityTimeouts
{
    // The default of SQS. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
    private const int ShortestUsual = 30;

    [Rule("messaging/visibility-timeout", "A message can be processed within the visibility timeout of its queue.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config) =>
        from queue in config.Queues
        where queue.Value.VisibilityTimeoutSeconds < ShortestUsual
        select new RuleViolation(
            $"{ConfigPath.Join("queues", queue.Key)}.visibilityTimeoutSeconds",
            $"{queue.Value.VisibilityTimeoutSeconds} is short: a message that takes longer to process is delivered again; at least "
                + $"{ShortestUsual}");
}
