using Infra.Insight;
using Infra.Policies.Reference;
using Infra.Policies.Rules;

namespace Infra.Policies;

/// <summary>Checks all policies of a deployment with all rules.</summary>
public static class PolicyChecks
{
    /// <summary>The rules, in the order of their findings.</summary>
    public static IReadOnlyList<PolicyRule> Rules { get; } =
    [
        new WellFormed(), new ActionExists(), new ResourceFitsAction(), new WildcardResource(), new ConditionKeyExists(),
        new ConditionOperatorFits(),
        new ConditionSupported(), new PolicyFits(), new StateIsProtected(), new PassRoleIsLimited(), new ServiceHasSource(),
        new NoFullAccess(),
    ];

    /// <summary>Checks synthesized stacks.</summary>
    /// <param name="stacks">All stacks of a deployment.</param>
    /// <param name="reference">AWS's service authorization reference.</param>
    /// <param name="suppressions">Accepted findings, each with its reason.</param>
    public static PolicyReport Run(IReadOnlyList<StackJson> stacks, ServiceAuthorization reference, IReadOnlyList<Suppression> suppressions)
    {
        var policies = new PolicySet(stacks, reference);
        PolicyFinding[] all = [.. Rules.SelectMany(rule => rule.Check(policies)).Distinct()];
        return new PolicyReport(
            policies.Policies.Count, policies.Statements.Count(),
            [.. all.Where(finding => !suppressions.Any(suppression => suppression.Covers(finding)))],
            [.. suppressions.Where(suppression => all.Any(suppression.Covers))]);
    }
}

/// <param name="Policies">Number of policies.</param>
/// <param name="Statements">Number of statements.</param>
/// <param name="Findings">Findings.</param>
/// <param name="Suppressed">Suppressions that matched a finding.</param>
public sealed record PolicyReport(
    int Policies, int Statements, IReadOnlyList<PolicyFinding> Findings, IReadOnlyList<Suppression> Suppressed);
