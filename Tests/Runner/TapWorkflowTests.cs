using Infra.Tests.Emulator;
using Infra.Tests.Workflows;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>The workflows of system T in the local runner: a repository with the application in <c>app</c>.</summary>
[TestFixture]
[Category("Emulator"), Category("Workflows")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Property("Row", "T-L4"), Property("Row", "T10")]
internal sealed class TapWorkflowTests
{
    private const string Account = "111111111111";
    private const string Backend = "examples/tap/.github/workflows/deploy-backend.yml";
    private const string Frontend = "examples/tap/.github/workflows/deploy-frontend.yml";

    private const string Poc = """
        {
          "name": "poc", "project": "tap", "account": "111111111111", "region": "us-east-1", "disposable": true,
          "github": { "repository": "acme/tap" },
          "sites": { "spa": {} },
          "services": { "backend": { "port": 8000, "desired": 1, "healthPath": "/health", "migration": { "command": ["alembic", "upgrade", "head"] } } },
          "smoke": [{ "name": "database", "kind": "task", "service": "backend", "command": ["alembic", "current"], "seconds": 180 }]
        }
        """;

    private WorkflowRunner _runner = null!;

    [OneTimeSetUp]
    public async Task SetUpRunnerAsync()
    {
        WorkflowTools tools = await WorkflowTools.InstallAsync();
        _runner = new WorkflowRunner("acme/tap", "us-east-1") { Application = "examples/tap/app", Tools = tools };
        _runner.Deploy("poc", Poc);
    }

    [OneTimeTearDown]
    public void TearDownRunner() => _runner?.Dispose();

    [Test, Order(1)]
    public void Backend_PullRequest_RunsTheChecksOnly()
    {
        WorkflowResult result = _runner.Expect(success: true, Backend, WorkflowEvent.PullRequest(7, onto: "main"));

        Assert.That(result.Jobs, Is.EqualTo(new Dictionary<string, string> { ["test"] = "success", ["deploy"] = "skipped" }));
        Assert.That(_runner.Output, Does.Contain("ruff 0.17.4 check: 9 files, all passed")
            .And.Contain("ruff 0.17.4 format: 9 files, all passed").And.Match(@"\d+ passed").And.Not.Contain("skipped,"));
        Assert.That(Ledger(), Is.EqualTo("none"));
    }

    [Test, Order(2)]
    public void Backend_PushToMain_ReleasesTheStageProd()
    {
        WorkflowResult result = _runner.Expect(success: true, Backend, WorkflowEvent.Push("main"));

        Assert.That(result.Jobs.Values, Is.All.EqualTo("success"));
        Assert.That(_runner.Output, Does.Contain("built app/app/backend/Dockerfile, stage prod").And.Contain("backend: the migration ran"));
        Assert.That(Ledger(), Does.StartWith("sha256:"));
    }

    [Test, Order(3)]
    public void Backend_ThatDoesNotPassRuff_IsNotReleased()
    {
        string released = Ledger();
        string application = Path.Combine(_runner.Folder, "unused-import");
        RunnerWorkspace.Copy(Path.Combine(Sandbox.Root, "examples", "tap", "app"), application);
        File.AppendAllText(Path.Combine(application, "backend", "app", "main.py"), "\nimport os\n");
        _runner.Application = application;
        try
        {
            WorkflowResult result = _runner.Expect(success: false, Backend, WorkflowEvent.Push("main"));
            Assert.That(result.Jobs, Is.EqualTo(new Dictionary<string, string> { ["test"] = "failure", ["deploy"] = "skipped" }));
            Assert.That(_runner.Output, Does.Contain("F401 `os` imported but unused").And.Not.Contain(" passed in "));
        }
        finally
        {
            _runner.Application = "examples/tap/app";
        }

        Assert.That(Ledger(), Is.EqualTo(released));
    }

    [Test, Order(4)]
    public void Frontend_PullRequest_RunsTheChecksOnly_AlsoWithoutVariables()
    {
        WorkflowResult result = _runner.Expect(success: true, Frontend, WorkflowEvent.PullRequest(7, onto: "main", fork: true));

        Assert.That(result.Jobs, Is.EqualTo(new Dictionary<string, string> { ["test"] = "success", ["deploy"] = "skipped" }));
        Assert.That(_runner.Output, Does.Contain("Found 0 warnings and 0 errors.").And.Match(@"\b[1-9]\d* pass\b").And.Contain(" 0 fail")
            .And.Contain("(entry point)"));
        Assert.That(Site(), Is.Empty);
    }

    [Test, Order(5)]
    public void Frontend_WithoutVariables_IsNotDeployed()
    {
        WorkflowResult result = _runner.Expect(success: false, Frontend, WorkflowEvent.Push("main"));

        Assert.That(result.Jobs, Is.EqualTo(new Dictionary<string, string> { ["test"] = "failure", ["deploy"] = "skipped" }));
        Assert.That(_runner.Output, Does.Contain("::error::set the repository variable PUBLIC_API_URL"));
        Assert.That(Site(), Is.Empty);
    }

    [Test, Order(6)]
    public void Frontend_PushToMain_IsUploadedAndInvalidated()
    {
        _runner.RepositoryVariables["PUBLIC_API_URL"] = "https://api.example.com";
        _runner.RepositoryVariables["PUBLIC_COGNITO_DOMAIN"] = "tap.auth.us-east-1.amazoncognito.com";
        _runner.RepositoryVariables["PUBLIC_COGNITO_CLIENT_ID"] = "client";
        WorkflowResult result = _runner.Expect(success: true, Frontend, WorkflowEvent.Push("main"));

        Assert.That(result.Jobs.Values, Is.All.EqualTo("success"));
        Assert.That(_runner.Output, Does.Contain("2 uploaded, 0 unchanged, 0 removed").And.Contain("spa: deployed to https://"));
        Assert.That(Site(), Has.Length.EqualTo(2).And.One.EqualTo("index.html").And.One.Matches(@"^assets/index-[a-z0-9]{8}\.js$"));
        Assert.That(
            Directory.GetFiles(Path.Combine(_runner.Artifact("spa"), "assets")).Select(File.ReadAllText).Single(),
            Does.Contain("https://api.example.com").And.Contain("tap.auth.us-east-1.amazoncognito.com"));
    }

    // The runner does not evaluate the paths.
    [TestCase(Backend, "app/backend/**"), TestCase(Frontend, "app/frontend/**")]
    public void Workflow_IsTriggeredByItsPath(string file, string path)
    {
        WorkflowFile workflow = WorkflowFile.Load(file);
        string[] paths = [path, $".github/workflows/{workflow.Name}"];

        Assert.Multiple(() =>
        {
            Assert.That(workflow.Content.SelectToken("on.push.paths")!.Values<string>(), Is.EqualTo(paths));
            Assert.That(workflow.Content.SelectToken("on.pull_request.paths")!.Values<string>(), Is.EqualTo(paths));
            Assert.That(workflow.Content.SelectToken("on.push.branches")!.Values<string>(), Is.EqualTo(new[] { "main" }));
        });
    }

    private string Ledger() => _runner.Parameter(Account, "/poc/tap/releases/backend");

    private string[] Site()
    {
        string bucket = _runner.Parameter(Account, "/poc/tap/discovery/sites/spa/bucket");
        using var s3 = _runner.Access(Account).S3();
        return [.. (s3.ListObjectsV2Async(new() { BucketName = bucket }).GetAwaiter().GetResult().S3Objects ?? [])
            .Select(file => file.Key)];
    }
}
