using System.Globalization;
using System.Text;
using Infra.Insight;
using Infra.Policies.Documents;

namespace Infra.Policies.Rules;

/// <summary>Policies must be within the quotas of IAM and of the services that store them.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html,
/// https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html,
/// https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html
/// </remarks>
internal sealed class PolicyFits : PolicyRule
{
    public override string Requirement => "Policies are within the quotas of IAM and of the services that store them.";

    // Characters that are not white space; for the trust policy the default quota, which can be increased.
    private const int MostInlineOfRole = 10240, MostManaged = 6144, MostTrust = 2048;

    private const int MostManagedPerRole = 10;

    // SQS has further quotas in addition to the size.
    private const int MostQueueStatements = 20, MostQueuePrincipals = 50, MostQueueConditions = 10, MostQueueActionsPerStatement = 7;

    // Average length of a value that is known only after apply (an account, a region, a key id).
    private const int UnknownLength = 20;

    // Bytes. https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html,
    // https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html;
    // those of Secrets Manager and ECR are in their API models.
    private static readonly Dictionary<string, int> s_bytes = new(StringComparer.Ordinal)
    {
        ["aws_ecr_registry_policy"] = 10240,
        ["aws_ecr_repository_policy"] = 10240,
        ["aws_kms_key"] = 32768,
        ["aws_kms_key_policy"] = 32768,
        ["aws_s3_bucket_policy"] = 20480,
        ["aws_secretsmanager_secret"] = 20480,
        ["aws_secretsmanager_secret_policy"] = 20480,
        ["aws_sns_topic"] = 30720,
        ["aws_sns_topic_policy"] = 30720,
        ["aws_sqs_queue"] = 8192,
        ["aws_sqs_queue_policy"] = 8192,
    };

    public override IEnumerable<PolicyFinding> Check(PolicySet policies)
    {
        foreach (RolePolicies role in policies.Roles)
        {
            StackPolicy[] inline = [.. role.Permissions.Where(policy => policy.Kind == PolicyKind.Inline)];
            if (inline.Sum(Characters) is var sum && sum > MostInlineOfRole)
                yield return TooLong(inline[0], $"the inline policies of {role.Role} have", sum, MostInlineOfRole, "characters",
                    "shorten it, or attach a managed policy");
        }

        foreach (StackPolicy policy in policies.Policies)
        {
            if (policy.Kind is PolicyKind.Managed or PolicyKind.Boundary && Characters(policy) is var managed && managed > MostManaged)
                yield return TooLong(
                    policy, "the policy has", managed, MostManaged, "characters", "shorten it, or split it into two policies");
            if (policy.Kind == PolicyKind.Trust && Characters(policy) is var trust && trust > MostTrust)
                yield return TooLong(policy, "the trust policy has", trust, MostTrust, "characters",
                    "trust fewer subjects, or request a quota increase to 4096");
            if (policy.Kind == PolicyKind.Resource
                && s_bytes.TryGetValue(policy.Element.Type, out int most)
                && Bytes(policy) is var bytes
                && bytes > most)
                yield return TooLong(policy, "the policy has", bytes, most, "bytes", "shorten it");
            if (policy.Element.Type is "aws_sqs_queue" or "aws_sqs_queue_policy")
            {
                foreach (PolicyFinding finding in Queue(policy))
                    yield return finding;
            }
        }

        foreach (StackJson stack in policies.Stacks)
        {
            foreach (IGrouping<string, StackElement> role
                in stack.Resources.Where(element => element.Type == "aws_iam_role_policy_attachment" && element.Text("role") is not null)
                .GroupBy(element => element.Text("role")!).Where(role => role.Count() > MostManagedPerRole))
                yield return new PolicyFinding(
                    Id, stack.Name, role.First().Address, null, $"{role.Count()} managed policies are attached to {role.Key}",
                    $"{MostManagedPerRole} for a role", "combine policies, or request a quota increase");
        }
    }

    private IEnumerable<PolicyFinding> Queue(StackPolicy policy)
    {
        (string What, int Count, int Most)[] counts =
        [
            ("statements", policy.Statements.Count, MostQueueStatements),
            ("principals", policy.Statements.Sum(statement => statement.Principals.Count), MostQueuePrincipals),
            ("conditions", policy.Statements.Sum(statement => statement.Conditions.Count), MostQueueConditions),
            ("actions in a statement", policy.Statements.Select(statement => statement.Actions.Count).DefaultIfEmpty().Max(),
                MostQueueActionsPerStatement),
        ];
        return counts.Where(count => count.Count > count.Most)
            .Select(count => TooLong(policy, "the queue's policy has", count.Count, count.Most, count.What, "shorten it"));
    }

    private PolicyFinding TooLong(StackPolicy policy, string what, int found, int most, string unit, string fix) =>
        Finding(policy, null, string.Create(CultureInfo.InvariantCulture, $"{what} {found} {unit}"),
            string.Create(CultureInfo.InvariantCulture, $"at most {most} {unit}"), fix);

    private static int Characters(StackPolicy policy) => policy.Text.Sum(character => char.IsWhiteSpace(character) ? 0 : Length(character));

    private static int Bytes(StackPolicy policy) =>
        Encoding.UTF8.GetByteCount(policy.Text.Replace(Wildcard.Unknown.ToString(), "", StringComparison.Ordinal))
            + (policy.Text.Count(character => character == Wildcard.Unknown) * UnknownLength);

    private static int Length(char character) => character == Wildcard.Unknown ? UnknownLength : 1;
}
