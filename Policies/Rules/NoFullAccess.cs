using Infra.Policies.Documents;

namespace Infra.Policies.Rules;

/// <summary>
/// No statement may allow every action, a whole service on every resource, or everything except what it names; no resource may be public.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege</remarks>
internal sealed class NoFullAccess : PolicyRule
{
    public override string Requirement =>
        "No statement allows every action, a whole service on every resource, or everything except what it names; no resource is public.";

    public override IEnumerable<PolicyFinding> Check(PolicySet policies) =>
        policies.Statements.Where(entry => entry.Statement.Allows).SelectMany(entry => Check(entry.Policy, entry.Statement));

    private IEnumerable<PolicyFinding> Check(StackPolicy policy, StackStatement statement)
    {
        if (statement.Actions.Contains("*") && policy.Kind != PolicyKind.Trust)
            yield return Finding(
                policy, statement, "allows every action of every service", "the actions that are needed", "name the actions");
        if (statement.NotActions.Count > 0 || statement.NotResources.Count > 0 || statement.HasNotPrincipal)
            yield return Finding(policy, statement, "allows everything that it does not name", "Action, Resource and Principal in an Allow",
                "name what is allowed, or write a Deny");
        if (policy.IsOfIdentity && statement.Resources.Contains("*"))
        {
            foreach (string action in statement.Actions.Where(action => action.EndsWith(":*", StringComparison.Ordinal)))
                yield return Finding(policy, statement, $"allows {action} on *", "a service on named resources, or named actions on *",
                    "name the resources or the actions");
        }

        if (policy.Kind is PolicyKind.Resource or PolicyKind.Trust && statement.Conditions.Count == 0
            && statement.Principals.Any(principal => principal.Kind == "*" || (principal.Kind == "AWS" && principal.Id == "*")))
            yield return Finding(policy, statement, "allows everyone", "a principal, or a condition on the caller", "name the principals");
    }
}
