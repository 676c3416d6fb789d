using Infra.Policies.Documents;
using Infra.Policies.Reference;

namespace Infra.Policies.Rules;

/// <summary>Every condition key must be in requests for the statement's actions.</summary>
/// <remarks>
/// If a key is not in the request, the condition is false: such an Allow allows nothing, such a Deny denies nothing.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
/// </remarks>
internal sealed class ConditionKeyExists : PolicyRule
{
    public override string Requirement => "Requests for the statement's actions have the condition key.";

    // Claims that a trust policy can compare for any OpenID Connect provider.
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
    private static readonly string[] s_claims = ["amr", "aud", "azp", "sub"];

    public override IEnumerable<PolicyFinding> Check(PolicySet policies) =>
        from entry in policies.Statements
        from condition in entry.Statement.Conditions
        from finding in Check(policies.Reference, entry.Policy, entry.Statement, condition)
        select finding;

    private IEnumerable<PolicyFinding> Check(
        ServiceAuthorization reference, StackPolicy policy, StackStatement statement, StatementCondition condition)
    {
        string key = condition.Key;
        if (IsClaim(statement, key)) yield break;
        if (GlobalConditionKeys.OfServiceCalls.Contains(key))
        {
            // A Deny in a resource-based policy can apply to calls of services without naming one.
            if (policy.IsOfIdentity
                || (statement.Allows && !statement.Services.Any() && statement.Principals.All(principal => principal.Kind != "*")))
                yield return Finding(policy, statement, $"{key} is not in requests that the role sends itself",
                    "a statement whose principal is an AWS service", "remove the condition, or compare another key");
            yield break;
        }

        bool isOfTags = ConditionKeyForms.Of(GlobalConditionKeys.OfTags, key) is not null;
        if (!isOfTags && ConditionKeyForms.Of(GlobalConditionKeys.Types.Keys, key) is not null) yield break;

        var without = new List<ServiceAction>();
        bool any = false;
        foreach (string pattern in statement.Actions)
        {
            ServiceAction[] matched = [.. reference.Match(pattern)];
            ServiceAction[] having = [.. matched.Where(action => ConditionKeyForms.Of(action.AllConditionKeys, key) is not null)];
            any |= having.Length > 0 || pattern == "*";
            // A pattern only needs some matching actions; an action without wildcards must match.
            if (matched.Length > 0 && having.Length == 0) without.AddRange(matched);
        }

        if (without.Count == 0 || (any && condition.AllowsMissingKey)) yield break;
        yield return Finding(
            policy, statement, $"requests for {Few(without.Select(action => action.Name), 3)} have no key {key}",
            Few(without.SelectMany(action => action.AllConditionKeys).Where(
                form => ConditionKeyForms.Of(GlobalConditionKeys.OfTags, form) is null).DefaultIfEmpty("keys of every service (aws:…)")),
            "move the action to a statement without the condition, or compare a key that its requests have");
    }

    private static bool IsClaim(StackStatement statement, string key)
    {
        int colon = key.LastIndexOf(':');
        return colon > 0 && s_claims.Contains(key[(colon + 1)..], StringComparer.Ordinal)
            && statement.Principals.Any(principal => principal.Kind == "Federated"
                && principal.Id.EndsWith($"oidc-provider/{key[..colon]}", StringComparison.OrdinalIgnoreCase));
    }
}
