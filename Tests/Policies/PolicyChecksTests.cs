using Infra.Insight;
using Infra.Operations.Workspace;
using Infra.Policies;
using Infra.Policies.Reference;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Policies;

/// <summary>Every rule on every policy of every environment of this repository.</summary>
internal sealed class PolicyChecksTests
{
    internal static readonly ServiceAuthorization Reference = new(Path.Combine(Checkout.Find().Root, ServiceAuthorization.PackageFolder));

    [TestCaseSource(typeof(Example), nameof(Example.WithPipelines))]
    public void Example_HasNoFindings(Example example)
    {
        PolicyReport report = PolicyChecks.Run(StackJson.ReadAll(example.Deployment.OutDir), Reference, Suppression.Committed);

        Assert.That(report.Statements, Is.GreaterThan(10), "policies are read");
        Assert.That(report.Findings, Is.Empty, string.Join('\n', report.Findings));
    }
}
