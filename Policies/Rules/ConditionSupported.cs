using Infra.Policies.Documents;

namespace Infra.Policies.Rules;

/// <summary>A resource-based policy must not compare keys that AWS documents as unsupported for the calling service.</summary>
/// <remarks>The service would be denied, without a visible error. Cases and sources: <see cref="SourceConditions"/>.</remarks>
internal sealed class ConditionSupported : PolicyRule
{
    public override string Requirement => "No condition compares a key that the calling service does not support.";

    public override IEnumerable<PolicyFinding> Check(PolicySet policies) =>
        from entry in policies.Statements
        where entry.Policy.Kind == PolicyKind.Resource && entry.Statement.Allows && entry.Statement.Conditions.Count > 0
        from service in entry.Statement.Services
        let unsupported = SourceConditions.Unsupported(policies, entry.Policy, service)
        where unsupported is not null
        select Finding(
            entry.Policy, entry.Statement,
            $"{service} is denied by {Few(entry.Statement.Conditions.Select(condition => condition.Key))}: {unsupported.Value.Why}",
            $"a statement for {service} without a condition ({unsupported.Value.Source})",
            "give the service a separate statement, limited by its resource");
}
