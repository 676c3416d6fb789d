using Infra.Policies.Reference;

namespace Infra.Policies.Rules;

/// <summary>
/// A role may be allowed an action on "*" only if the action has no resource-level permissions, or a condition limits it.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege</remarks>
internal sealed class WildcardResource : PolicyRule
{
    public override string Requirement =>
        "A role is allowed an action on * only if the action has no resource-level permissions, or a condition limits the statement.";

    public override IEnumerable<PolicyFinding> Check(PolicySet policies) =>
        from entry in policies.Statements
        where entry.Policy.IsOfIdentity
            && entry.Statement.Allows
            && entry.Statement.Resources.Contains("*")
            && entry.Statement.Conditions.Count == 0
        from pattern in entry.Statement.Actions
        let actions = policies.Reference.Match(pattern).Where(action => action.ResourceTypes.Count > 0).ToArray()
        where actions.Length > 0
        select Finding(
            entry.Policy, entry.Statement, $"{Name(pattern, actions)} on *, although it supports resource-level permissions",
            Few(actions.SelectMany(action => action.ResourceTypes).Select(type => type.Form)),
            "name the resources, or limit them by a condition");

    private static string Name(string pattern, ServiceAction[] actions) =>
        pattern.Contains('*', StringComparison.Ordinal)
            ? $"{pattern}, which includes {Few(actions.Select(action => action.Name), 2)},"
            : pattern;
}
