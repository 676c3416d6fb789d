using Infra.Insight;
using Infra.Policies.Documents;
using Infra.Policies.Reference;

namespace Infra.Policies;

/// <summary>What rules look at: the stacks of a deployment, their policies, and AWS's reference.</summary>
public sealed class PolicySet
{
    private readonly ILookup<(string Stack, string? Role), StackPolicy> _byRole;

    /// <param name="stacks">All stacks of a deployment, as they are synthesized.</param>
    /// <param name="reference">AWS's service authorization reference.</param>
    public PolicySet(IReadOnlyList<StackJson> stacks, ServiceAuthorization reference)
    {
        Stacks = stacks;
        Reference = reference;
        Policies = PolicyReader.ReadAll(stacks);
        _byRole = Policies.ToLookup(policy => (policy.Stack, policy.Role));
        State = StateLocation.Of(stacks);
    }

    public IReadOnlyList<StackJson> Stacks { get; }

    public ServiceAuthorization Reference { get; }

    public IReadOnlyList<StackPolicy> Policies { get; }

    /// <summary>Where the stacks' state is.</summary>
    public StateLocation State { get; }

    /// <summary>Every statement with the policy it is in.</summary>
    public IEnumerable<(StackPolicy Policy, StackStatement Statement)> Statements =>
        Policies.SelectMany(policy => policy.Statements.Select(statement => (policy, statement)));

    /// <summary>Policies that give permissions, and the trust policy, of each role.</summary>
    public IEnumerable<IGrouping<(string Stack, string? Role), StackPolicy>> Roles => _byRole.Where(role => role.Key.Role is not null);

    /// <summary>Policies of the role that a policy is for.</summary>
    public IEnumerable<StackPolicy> OfSameRole(StackPolicy policy) =>
        policy.Role is null ? [policy] : _byRole[(policy.Stack, policy.Role)].Where(other => other.Kind == PolicyKind.Inline);
}
