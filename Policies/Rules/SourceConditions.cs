using Infra.Policies.Documents;

namespace Infra.Policies.Rules;

/// <summary>
/// Documented exceptions of single AWS services: their calls contain no source, so a condition on it would deny the service.
/// </summary>
internal static class SourceConditions
{
    /// <summary>Why a statement for a service must not compare the source of the call; none if it may.</summary>
    public static (string Why, string Source)? Unsupported(PolicySet policies, StackPolicy policy, string service) =>
        (service, policy.Element.Type) switch
        {
            ("events.amazonaws.com", "aws_sns_topic_policy" or "aws_sns_topic") => (
                "EventBridge publishes to topics without any key that a condition in a topic's policy could compare",
                "https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-resource-based.html"),
            ("events.amazonaws.com", "aws_kms_key" or "aws_kms_key_policy") when EncryptsTopic(policies, policy) => (
                "EventBridge uses the key of an encrypted topic without a source",
                "https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html"),
            _ => null,
        };

    /// <summary>Whether a service needs no condition in a statement, because AWS limits it in another way.</summary>
    public static bool IsLimitedOtherwise(PolicySet policies, StackPolicy policy, StackStatement statement, string service) =>
        // The path contains the account, and Elastic Load Balancing does not write there for other accounts: AWS's own example has no
        // condition. https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
        (service == "logdelivery.elasticloadbalancing.amazonaws.com"
            && statement.Resources.All(resource => System.Text.RegularExpressions.Regex.IsMatch(resource, "/AWSLogs/[0-9]{12}/\\*$")))
        || Unsupported(policies, policy, service) is not null;

    private static bool EncryptsTopic(PolicySet policies, StackPolicy policy)
    {
        string key = policy.Element.Type == "aws_kms_key" ? policy.Element.Address : policy.Element.Text("key_id") ?? "";
        return policies.Stacks.SelectMany(stack => stack.Resources).Any(element => element.Type == "aws_sns_topic"
            && element.Text("kms_master_key_id") is { } used && used.Contains($"{key}.", StringComparison.Ordinal));
    }
}
