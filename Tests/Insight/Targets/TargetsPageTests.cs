using Infra.Insight;
using Infra.Insight.Targets;
using Infra.Operations.Targets;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Insight.Targets;

/// <summary>docs/targets.md is computed from the synthesized stacks of all examples.</summary>
[Property("Row", "D-L6"), Property("Row", "D13")]
internal sealed class TargetsPageTests
{
    private const string Introduction = """
        # Targets

        Written by `./infra test` from the synthesized stacks of the examples; `./infra targets --env NAME` shows one.

        - **Availability** is the product of the monthly uptime that AWS commits to for each part; target 99.9 %. It is a lower bound: every
          request is counted as if it needed every database and table. What is not in the path of a request (NAT, registries, Secrets Manager,
          which are needed to start a task) is not counted, and neither are errors of the application.
        - **Times** are the longest chain of dependencies of the resources that Terraform creates, with a duration for each type; at least a
          tenth of the sum, because Terraform runs ten operations at a time. Targets: deployment under 10 minutes, wake under 5 minutes.
          *slow* adds the slowest case of every step. A wake with a schedule includes the start of its build. The first deployment of an
          environment has no target: a database or a certificate can take longer than ten minutes without anything else.
        - **Recovery** is the time of the commands in a drill on the local AWS, and AWS's own time; target under 30 minutes.

        None of it was measured on AWS: [the trial](trial.md) does that, and its report shows the times of your account.


        """;

    [Test]
    public void Document_IsTheComputedOne() => Approval.Verify(
        Path.Combine(Checkout.Find().Root, "docs", "targets.md"),
        Introduction
            + string.Join('\n', Example.All.Where(example => !example.Config.Emulator).Select(example =>
                TargetsCommand.Report(example.Environment, StackJson.ReadAll(example.Deployment.OutDir))))
            + "\n" + TargetsPage.Sources());

    /// <summary>A drill is a test class that exists.</summary>
    [Test]
    public void Drills_AreTests() => Assert.That(
        Recovery.Drills.Select(drill => drill.Test),
        Is.SubsetOf(typeof(TargetsPageTests).Assembly.GetTypes().Select(type => type.Name)));
}
