using System.Diagnostics;
using Infra.Operations.Output;
using Infra.Tests.Support;
using Infra.Tests.Workflows;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>The steps of the workflows that plan, with a fake <c>./infra</c> that only has an exit code.</summary>
[Property("Row", "X7"), Property("Row", "T12")]
internal sealed class DataAtRiskTests
{
    private static readonly JObject PullRequest = JObject.Parse("""{ "github": { "event_name": "pull_request" } }""");

    /// <summary>The check of a pull request is red; a deployment stops before anyone is asked to approve it.</summary>
    [Test]
    public void Plan_FailsUnlessThereAreOnlyChanges(
        [Values(".github/workflows/plan.yml/environment", ".github/workflows/apply-environment.yml/plan")] string job,
        [Values(ExitCode.Ok, ExitCode.Changes, ExitCode.DataAtRisk, ExitCode.Failed)] ExitCode plan)
    {
        JObject step = StepOf(job, "infra plan");
        Assert.That(ExitCodeOf((string)step["run"]!, plan) == 0, Is.EqualTo(plan is ExitCode.Ok or ExitCode.Changes));
        Assert.That(step["continue-on-error"], Is.Null);
    }

    [TestCase(".github/workflows/plan.yml/environment", "github comment")]
    [TestCase(".github/workflows/plan.yml/environment", "GITHUB_STEP_SUMMARY")]
    [TestCase(".github/workflows/apply-environment.yml/plan", "GITHUB_STEP_SUMMARY")]
    public void CommentAndSummary_AreWrittenAlsoAfterAFailedPlan(string job, string script) => Assert.That(
        Conditions.Hold((string?)StepOf(job, script)["if"], PullRequest, succeeded: false, failed: true), Is.True);

    /// <summary>A saved plan that loses data is not kept for an approval.</summary>
    [Test]
    public void Artifact_IsNotKeptAfterAFailedPlan()
    {
        JObject upload = Steps(".github/workflows/apply-environment.yml/plan")
            .Single(step => ((string?)step["uses"] ?? "").StartsWith("actions/upload-artifact@", StringComparison.Ordinal));
        Assert.That(Conditions.Hold((string?)upload["if"], PullRequest, succeeded: false, failed: true), Is.False);
    }

    private static JObject StepOf(string job, string script) =>
        Steps(job).Single(step => ((string?)step["run"] ?? "").Contains(script, StringComparison.Ordinal));

    private static IEnumerable<JObject> Steps(string job) =>
        WorkflowFile.Load(Path.GetDirectoryName(job)!).Jobs.Single(each => each.Id == Path.GetFileName(job)).Steps;

    // GitHub's default shell: bash -e. https://docs.github.com/actions/reference/workflow-syntax-for-github-actions
    private static int ExitCodeOf(string script, ExitCode plan)
    {
        using var folder = new TemporaryFolder();
        folder.Write("infra", $"#!/bin/sh\nexit {(int)plan}\n", executable: true);
        using Process process = Process.Start(
            new ProcessStartInfo("bash", ["-e", folder.Write("step.sh", script)]) { WorkingDirectory = folder.Path })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
