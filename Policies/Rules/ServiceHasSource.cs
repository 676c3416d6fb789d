using Infra.Policies.Documents;

namespace Infra.Policies.Rules;

/// <summary>A trusted AWS service must be trusted only for resources of named accounts.</summary>
/// <remarks>
/// Otherwise another account could make the service act in this account (confused deputy).
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
/// </remarks>
internal sealed class ServiceHasSource : PolicyRule
{
    public override string Requirement =>
        "A statement that trusts an AWS service compares aws:SourceAccount or aws:SourceArn, where the service supports it.";

    // These identify the account of the resource for which the service calls.
    private static readonly string[] s_keys =
    [
        "aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths", "kms:CallerAccount",
        "kms:EncryptionContext:aws:ecs:clusterAccount", "kms:EncryptionContext:aws:logs:arn",
    ];

    public override IEnumerable<PolicyFinding> Check(PolicySet policies) =>
        from entry in policies.Statements
        where entry.Policy.Kind is PolicyKind.Trust or PolicyKind.Resource && entry.Statement.Allows
        from service in entry.Statement.Services
        where !entry.Statement.Conditions.Any(condition => !condition.AllowsMissingKey && s_keys.Any(condition.Is))
            && !SourceConditions.IsLimitedOtherwise(policies, entry.Policy, entry.Statement, service)
        select Finding(
            entry.Policy, entry.Statement, $"{service} may act in this account for resources of any account", Few(s_keys.Take(2)),
            "compare aws:SourceAccount with the account, and aws:SourceArn where the resource is known");
}
