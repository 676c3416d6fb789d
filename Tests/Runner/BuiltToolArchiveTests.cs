using System.IO.Compression;
using Infra.Tests.Emulator;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>
/// The built <c>./infra</c> of this machine: packed, uploaded, downloaded into checkouts without a build, and started there by the
/// launcher.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class BuiltToolArchiveTests
{
    private WorkflowRunner _runner = null!;

    [SetUp]
    public void SetUp()
    {
        _runner = new WorkflowRunner(RecordedRuns.Infrastructure, "eu-central-1", startsInfra: true);
        _runner.Environment("stage", RecordedRuns.Environment("stage", "111111111111", """ "services": { "web": { "port": 8080 } } """));
        // The launcher's build, which the job packs.
        Succeed(Path.Combine(Sandbox.Root, "infra"), "--version");
    }

    [TearDown]
    public void TearDown() => _runner.Dispose();

    [Test]
    public void Tool_IsPackedOnce_AndRunsInCheckoutsWithoutABuild()
    {
        WorkflowResult result = _runner.Expect(success: true, "plan.yml", WorkflowEvent.PullRequest(7, onto: "main", fork: true));

        Assert.That(result.Jobs["changes"], Is.EqualTo("success"), _runner.Output);
        Assert.That(
            _runner.Output, Does.Match(@"plan\.yml changes: exit code 0 .+\n\$ node .+\ninfra-tool-a{40} of run 1 \(pull_request\)"));
        Assert.That(_runner.Output, Does.Not.Contain("plan.yml changes: gets the build"));
        Assert.That(_runner.Output, Does.Not.Contain("npm packages ..."), "the launcher builds nothing");
        FakeArtifact artifact = _runner.GitHub.Artifacts.Named($"infra-tool-{_runner.Commit}").Single();
        Assert.That(artifact.Archive, Has.Length.LessThan(20_000_000), "all npm packages have 880 MB");

        Synthesize(artifact);
    }

    /// <summary>A synthesis reads more than <c>environments</c>: jsii's kernel, and AWS's service authorization reference.</summary>
    private void Synthesize(FakeArtifact artifact)
    {
        string checkout = Directory.CreateDirectory(Path.Combine(_runner.Folder, "checkout")).FullName, output = $"{checkout}-output";
        RunnerWorkspace.CheckOut(checkout, application: null);
        ZipFile.ExtractToDirectory(new MemoryStream(artifact.Archive), _runner.Folder);
        Succeed("tar", "-xzf", Path.Combine(_runner.Folder, "infra-tool.tar.gz"), "-C", checkout);

        string text = Succeed(
            Path.Combine(checkout, "infra"), "synth", "--env", Path.Combine(checkout, "environments", "local.json"), "--out", output);

        Assert.That(text, Does.Not.Contain("npm packages"));
        Assert.That(Path.Combine(output, "stacks", "base", "cdk.tf.json"), Does.Exist);
    }

    private string Succeed(string program, params string[] arguments)
    {
        Run run = _runner.Sandbox.Start(program, arguments).Wait();
        Assert.That(run.ExitCode, Is.Zero, run.Output);
        return run.Output;
    }
}
