using System.Formats.Tar;
using System.IO.Compression;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>
/// Which built <c>./infra</c> a job takes: <c>.github/actions/setup/tool.mjs</c>, with the artifacts and runs of the fake GitHub. What the
/// archive contains is in <see cref="BuiltToolArchiveTests"/>.
/// </summary>
[TestFixture]
[Parallelizable(ParallelScope.Self)]
internal sealed class BuiltToolTests
{
    private const string Apply = ".github/workflows/apply.yml", Repository = RecordedRuns.Infrastructure;
    private const string Builds = "no built tool, ./infra builds itself: ", HasBuild = "gets the build of this machine";

    private WorkflowRunner _runner = null!;

    private string Name => $"infra-tool-{_runner.Commit}";

    private FakeArtifacts Artifacts => _runner.GitHub.Artifacts;

    [SetUp]
    public void SetUp() => _runner = RecordedRuns.Runner();

    [TearDown]
    public void TearDown() => _runner.Dispose();

    [Test]
    public void Push_BuildsOnce_AndEveryJobTakesTheTool()
    {
        _runner.Expect(success: true, "apply.yml", WorkflowEvent.Push("main"));

        Assert.That(Taken("run 1 (push)"), Is.EqualTo(5), $"environments, and plan and apply of both environments\n{_runner.Output}");
        Assert.That(Count($"\n{Builds}{Repository} has no artifact {Name}"), Is.EqualTo(1), "the job that builds it, without a warning");
        Assert.That(Count(HasBuild), Is.EqualTo(1));
    }

    [Test]
    public void PullRequest_BuildsOnce_AndItsJobsTakeTheTool()
    {
        _runner.Expect(success: true, "plan.yml", WorkflowEvent.PullRequest(7, onto: "main"));

        Assert.That(Taken("run 1 (pull_request)"), Is.EqualTo(4), $"changes, findings, and both environments\n{_runner.Output}");
        Assert.That(Count(HasBuild), Is.EqualTo(2), "the job that builds it, and the tests");
    }

    [TestCase("drift.yml", 3), TestCase("apply.yml", 6)]
    public void LaterRunOfTheCommit_TakesTheToolOfThePush(string workflow, int jobs)
    {
        Upload();

        _runner.Expect(success: true, workflow, WorkflowEvent.Dispatch("main"));

        Assert.That(Taken("run 1 (push)"), Is.EqualTo(jobs), _runner.Output);
        Assert.That(Count(HasBuild), Is.Zero);
        Assert.That(Artifacts.Named(Name), Has.Count.EqualTo(1), "it is not built again");
    }

    [TestCase("pull_request", ".github/workflows/plan.yml"), TestCase("workflow_dispatch", Apply), TestCase("schedule", Apply)]
    public void ToolOfAnotherTriggerThanAPush_IsRefused(string trigger, string workflow)
    {
        Upload(trigger, workflow);
        Assert.That(Refusal(), Is.EqualTo($"run 1 was triggered by {trigger}, not by a push"));
    }

    [Test]
    public void ToolOfAnotherCommit_IsRefused()
    {
        Upload(commit: new string('9', 40));
        Assert.That(Refusal(), Is.EqualTo($"run 1 is of commit {new string('9', 40)}"));
    }

    [Test]
    public void ToolOfAnotherRepository_IsRefused()
    {
        Upload(headRepository: "stranger/infra");
        Assert.That(Refusal(), Is.EqualTo("run 1 is of the repository stranger/infra"));
    }

    /// <summary>An application in this repository runs packages of others in the jobs of its own workflow.</summary>
    [Test]
    public void ToolOfAnotherWorkflow_IsRefused()
    {
        Upload(workflow: ".github/workflows/deploy-backend.yml");
        Assert.That(Refusal(), Is.EqualTo($"run 1 is of .github/workflows/deploy-backend.yml, not of {Apply}"));
    }

    [Test]
    public void ExpiredTool_IsRefused()
    {
        Upload().IsExpired = true;
        Assert.That(Refusal(), Is.EqualTo("expired"));
    }

    [Test]
    public void ToolWithAnotherDigest_IsRefused()
    {
        FakeArtifact artifact = Upload();
        string stored = artifact.Digest, stated = artifact.Digest = $"sha256:{new string('0', 64)}";

        RollBack();

        string warning = $"\n::warning::{Builds}the archive has the digest {stored}, but GitHub states {stated}\n";
        Assert.That(Count(warning), Is.EqualTo(1), _runner.Output);
        Assert.That(Count(HasBuild), Is.EqualTo(1));
    }

    [Test]
    public void RefusedTool_DoesNotHideAnotherOne()
    {
        Upload();
        Upload("pull_request", ".github/workflows/plan.yml");

        RollBack();

        Assert.That(Taken("run 1 (push)"), Is.EqualTo(1), _runner.Output);
    }

    [Test]
    public void OtherCommit_HasNoTool_WhichIsNoWarning()
    {
        Upload();
        _runner.Commit = new string('b', 40);

        RollBack();

        Assert.That(Count($"\n{Builds}{Repository} has no artifact {Name}\n"), Is.EqualTo(1), _runner.Output);
    }

    [Test]
    public void ApplicationsRepository_TakesTheToolOfThePublicRepository()
    {
        Upload();

        Call();

        Assert.That(Taken("run 1 (push)"), Is.EqualTo(1), _runner.Output);
    }

    [TestCase(true), TestCase(false)]
    public void ApplicationsRepository_TakesTheToolOfThePrivateRepository_IfItsTokenReadsArtifacts(bool reads)
    {
        Upload();
        _runner.GitHub.IsPrivate = true;
        _runner.ReadTokens.Add("a token");
        if (reads)
            _runner.GitHub.ArtifactTokens.Add("a token");

        Call("infra-token: '${{ secrets.INFRA_TOKEN }}'", ("INFRA_TOKEN", "a token"));

        Assert.That(Taken("run 1 (push)"), Is.EqualTo(reads ? 1 : 0), _runner.Output);
        Assert.That(Count($"status code 404; the token needs \"Actions: read\" of {Repository}\n"), Is.EqualTo(reads ? 0 : 1));
    }

    [Test]
    public void JobWithoutThePermission_BuildsAndSaysSo()
    {
        Upload();
        string folder = Path.Combine(_runner.Folder, "infra");
        Recording.CheckOut(folder);

        WorkflowResult result = _runner.Run(new ApplicationRepository(Repository, folder, _runner.Commit), """
            on: push
            permissions: {}
            jobs:
              list:
                permissions: { contents: read }
                steps:
                  - uses: actions/checkout@v7
                  - uses: ./.github/actions/setup
            """, WorkflowEvent.Push("main"));

        Assert.That(result.Succeeded, Is.True, _runner.Output);
        Assert.That(Count($"status code 403; the token needs \"Actions: read\" of {Repository}\n"), Is.EqualTo(1), _runner.Output);
        Assert.That(Count(HasBuild), Is.EqualTo(1));
    }

    private void RollBack() =>
        _runner.Expect(success: true, "rollback.yml", WorkflowEvent.Dispatch("main"), ("environment", "stage"), ("name", "web"));

    private void Call(string secrets = "", params (string Name, string Value)[] values)
    {
        WorkflowResult result = _runner.Run(
            RecordedRuns.Application(_runner), RecordedRuns.Calling("build-and-push.yml", "environment: stage, app: web", secrets),
            WorkflowEvent.Push("main"), values);
        Assert.That(result.Succeeded, Is.True, _runner.Output);
    }

    /// <summary>Why a rollback takes no tool; it succeeds without it.</summary>
    private string Refusal()
    {
        RollBack();
        string start = $"::warning::{Builds}{Name} of {Repository} is refused: ";
        Assert.That(Count(HasBuild), Is.EqualTo(1), _runner.Output);
        return _runner.Output.Split('\n').Single(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];
    }

    /// <summary>Uploads a tool with only its hashes, as a run of the repository.</summary>
    private FakeArtifact Upload(
        string trigger = "push", string workflow = Apply, string? commit = null, string headRepository = Repository)
    {
        string content = Directory.CreateDirectory(Path.Combine(_runner.Folder, "content")).FullName;
        File.WriteAllText(Path.Combine(content, "tool-sources"), "");
        string folder = Directory.CreateDirectory(Path.Combine(_runner.Folder, "upload")).FullName;
        using (var archive = new GZipStream(File.Create(Path.Combine(folder, "infra-tool.tar.gz")), CompressionLevel.Fastest))
            TarFile.CreateFromDirectory(content, archive, includeBaseDirectory: false);
        Artifacts.Upload(Artifacts.StartRun(trigger, commit ?? _runner.Commit, workflow, Repository, headRepository), Name, folder);
        return Artifacts.Named(Name)[0];
    }

    private int Taken(string run) => Count($"\n{Name} of {run}: ");

    private int Count(string text) => _runner.Output.Split(text).Length - 1;
}
