using Infra.Tests.Workflows;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>What workflows of this repository ask of <c>./infra</c>, and in which jobs.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class RecordedWorkflowTests
{
    private WorkflowRunner _runner = null!;

    [SetUp]
    public void SetUp() => _runner = RecordedRuns.Runner();

    [TearDown]
    public void TearDown() => _runner.Dispose();

    [TestCase("", "wake --yes"), TestCase("4", "wake --for 4 --yes"), Property("Finding", "C5")]
    public void Wake_WithoutHours_WorksWithoutASchedule(string hours, string command)
    {
        _runner.Expect(success: true, "runtime-cycle.yml", WorkflowEvent.Dispatch("main"), hours.Length == 0
            ? [("environment", "stage"), ("action", "wake")]
            : [("environment", "stage"), ("action", "wake"), ("hours", hours)]);

        Assert.That(_runner.Recording!.Commands.Last(), Is.EqualTo($"stage: {command}"));
    }

    [TestCase("environments/stage.json", true)]
    [TestCase("docs/cost.md", false)]
    [Property("Finding", "C9")]
    public void PullRequest_IsPlanned_IfItChangesMoreThanDocuments(string file, bool planned)
    {
        _runner.ChangedFiles = [file];
        WorkflowResult result = _runner.Expect(success: true, "plan.yml", WorkflowEvent.PullRequest(7, onto: "main"));

        Assert.That(result.Jobs["environment"], Is.EqualTo(planned ? "success" : "skipped"), file);
    }

    [TestCase("Insight/Costs/Estimate.cs", true)]
    [TestCase("Contracts/StackNames.cs", true)]
    [TestCase("nuget.config", true)]
    [TestCase("package.json", true)]
    [TestCase(".npmrc", true)]
    [TestCase("cdktf.json", true)]
    [TestCase("examples/tap/poc.json", true)]
    [TestCase("Extensions/Queue.cs", true)]
    [TestCase("docs/images/flow.svg", false)]
    [TestCase("README.md", false)]
    [TestCase("examples/tap/README.md", false)]
    [Property("Finding", "C9")]
    public void Filter_MatchesEverythingButDocuments(string file, bool matches)
    {
        var filter = (JObject)WorkflowFile.Load(".github/workflows/plan.yml").Jobs.Single(job => job.Id == "changes").Steps
            .Single(step => (string?)step["id"] == "filter")["with"]!;

        Assert.That((string?)PathsFilter.Outputs(filter, [file])["infrastructure"], Is.EqualTo(matches ? "true" : "false"));
    }

    [TestCase("verify-aws-integration.yml"), TestCase("drift.yml"), TestCase("apply.yml"), Property("Finding", "C10")]
    public void BranchThatDeploysNothing_IsNoFailure(string workflow)
    {
        foreach (string environment in new[] { "stage", "live" })
            File.Delete(Path.Combine(_runner.Environments, $"{environment}.json"));

        WorkflowResult result = _runner.Expect(success: true, workflow, WorkflowEvent.Dispatch("main"));

        Assert.That(result.Jobs["environments"], Is.EqualTo("success"));
        Assert.That(
            result.Jobs.Where(job => job.Key is not ("tool" or "environments")).Select(job => job.Value), Is.All.EqualTo("skipped"));
    }

    [Test, Property("Finding", "C11")]
    public void Verification_BuildsItsSample_WithABuilderThatPushesByDigest()
    {
        _runner.Expect(success: true, "verify-aws-integration.yml", WorkflowEvent.Dispatch("main"), ("environment", "stage"));

        Assert.That(_runner.Recording!.Commands, Does.Contain("stage: verify application"));
        Assert.That(_runner.Recording.BuilderOf("stage: verify application"), Is.True);
    }

    [Test, Property("Finding", "C12")]
    public void Verification_OfAnEnvironmentWithoutServices_AssumesNoReleaseRole()
    {
        _runner.Environment("layers", RecordedRuns.Environment("layers", "111111111111", """
            "network": null, "layers": { "flask": { "runtimes": ["python3.12"], "content": { "python": "src" } } }
            """));

        _runner.Expect(
            success: true, "verify-aws-integration.yml", WorkflowEvent.Dispatch("main"), ("environment", "layers"), ("deploy", false));

        Assert.That(_runner.Recording!.Commands, Does.Contain("layers: verify end-to-end"));
        Assert.That(_runner.Output, Does.Not.Contain("infra-release"));
    }
}
