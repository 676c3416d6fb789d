using Infra.Configuration;
using Infra.Configuration.Findings;
using Infra.Insight;
using Infra.Operations.Workspace;
using Infra.Policies;
using Infra.Policies.Reference;

namespace Infra.Operations.Findings;

/// <summary>The checks that need no account.</summary>
internal static class StaticChecks
{
    /// <summary>Checks the IAM policies of synthesized stacks.</summary>
    public static PolicyReport Policies(Checkout checkout, IReadOnlyList<StackJson> stacks) => PolicyChecks.Run(
        stacks, new ServiceAuthorization(Path.Combine(checkout.Root, ServiceAuthorization.PackageFolder)), Suppression.Committed);

    /// <summary>Findings of an environment that can be synthesized: of its policies, and warnings of its file.</summary>
    /// <param name="context">Context of the run.</param>
    /// <param name="environment">Environment.</param>
    /// <param name="stacks">Its stacks.</param>
    public static IReadOnlyList<Finding> Of(RunContext context, LoadedEnvironment environment, IReadOnlyList<StackJson> stacks) =>
    [
        .. Policies(context.Checkout, stacks).Findings.Select(finding => PolicyFindings.Of(finding, environment.File))
            .Concat(environment.Warnings)
            .Select(finding => FindingReport.Relative(context, finding)).Distinct(),
    ];
}
