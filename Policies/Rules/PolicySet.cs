using Infra.Insight;
using Infra.Policies.Documents;
using Infra.Policies.Reference;

namespace Infra.Policies.Rules;

/// <summary>Input of the rules: the stacks of a deployment, their policies, and AWS's reference.</summary>
public sealed class PolicySet
{
    /// <param name="stacks">All stacks of a deployment, as they are synthesized.</param>
    /// <param name="reference">AWS's service authorization reference.</param>
    public PolicySet(IReadOnlyList<StackJson> stacks, ServiceAuthorization reference)
    {
        Stacks = stacks;
        Reference = reference;
        Policies = PolicyReader.ReadAll(stacks);
        Roles = [.. stacks.SelectMany(stack => RolePolicies.Of(stack, [.. Policies.Where(policy => policy.Stack == stack.Name)]))];
        State = StateLocation.Of(stacks);
    }

    public IReadOnlyList<StackJson> Stacks { get; }

    public ServiceAuthorization Reference { get; }

    public IReadOnlyList<StackPolicy> Policies { get; }

    /// <summary>Location of the stacks' state.</summary>
    public StateLocation State { get; }

    /// <summary>Every statement with the policy it is in.</summary>
    public IEnumerable<(StackPolicy Policy, StackStatement Statement)> Statements =>
        Policies.SelectMany(policy => policy.Statements.Select(statement => (policy, statement)));

    public IReadOnlyList<RolePolicies> Roles { get; }

    /// <summary>Policies that grant permissions to the same roles as a policy, including itself.</summary>
    public IEnumerable<StackPolicy> OfSameRoles(StackPolicy policy) =>
        Roles.Where(role => role.Permissions.Contains(policy)).SelectMany(role => role.Permissions).Append(policy).Distinct();
}
