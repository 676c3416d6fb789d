using System.Text.RegularExpressions;
using Infra.Policies.Documents;

namespace Infra.Policies.Rules;

/// <summary>A policy must have the elements that AWS requires for its kind, and no others.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html</remarks>
internal sealed partial class WellFormed : PolicyRule
{
    public override string Requirement => "Policies have the elements that AWS requires for their kind, and no others.";

    public override IEnumerable<PolicyFinding> Check(PolicySet policies)
    {
        foreach (StackPolicy policy in policies.Policies)
        {
            if (policy.Version != "2012-10-17")
                yield return Finding(policy, null, $"Version is {policy.Version ?? "missing"}",
                    "2012-10-17; earlier versions do not support policy variables", "set Version");
            foreach (string twice in policy.Statements.Select(statement => statement.Sid)
                .OfType<string>()
                .GroupBy(sid => sid)
                .Where(group => group.Count() > 1)
                .Select(group => group.Key))
                yield return Finding(policy, null, $"Sid {twice} is used more than once", "a Sid once in a policy", "rename one statement");
            foreach (PolicyFinding finding in policy.Statements.SelectMany(statement => Check(policy, statement)))
                yield return finding;
        }
    }

    private IEnumerable<PolicyFinding> Check(StackPolicy policy, StackStatement statement)
    {
        bool isOfIdentity = policy.IsOfIdentity || policy.Kind == PolicyKind.Boundary;
        if (statement.Effect is not ("Allow" or "Deny"))
            yield return Finding(policy, statement, $"Effect is {statement.Effect ?? "missing"}", "Allow, Deny", "set Effect");
        if (isOfIdentity && statement.Sid is { } sid && !LettersAndDigits().IsMatch(sid))
            yield return Finding(
                policy, statement, $"Sid {sid} has other characters than letters and digits", "A-Z, a-z, 0-9", "rename the statement");
        if (statement.Actions.Count + statement.NotActions.Count == 0)
            yield return Finding(policy, statement, "names no action", "Action or NotAction", "name the actions");
        bool hasPrincipal = statement.Principals.Count > 0 || statement.HasNotPrincipal;
        if (isOfIdentity == hasPrincipal)
            yield return Finding(
                policy, statement, hasPrincipal ? "names a principal, which a role's policy may not" : "names no principal",
                hasPrincipal ? "no Principal in policies of roles" : "Principal in trust policies and policies of resources",
                "correct the statement");
        bool hasResource = statement.Resources.Count + statement.NotResources.Count > 0;
        // A repository policy has no Resource. https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-policies.html
        if (hasResource == (policy.Kind == PolicyKind.Trust) && policy.Element.Type != "aws_ecr_repository_policy")
            yield return Finding(
                policy, statement, hasResource ? "names a resource, which a trust policy may not" : "names no resource",
                hasResource ? "no Resource in trust policies" : "Resource or NotResource", "correct the statement");
    }

    [GeneratedRegex("^[A-Za-z0-9]*$")]
    private static partial Regex LettersAndDigits();
}
