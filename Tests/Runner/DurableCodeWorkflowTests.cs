using Infra.Tests.Emulator;
using Infra.Tests.Workflows;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>The workflows of system D in the local runner: a repository with the application in <c>app</c>.</summary>
[TestFixture]
[Category("Emulator"), Category("Workflows")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Property("Row", "D7")]
internal sealed class DurableCodeWorkflowTests
{
    private const string Account = "111111111111";
    private const string Application = "examples/durable-code/app";
    private const string Backend = "examples/durable-code/.github/workflows/deploy-backend.yml";
    private const string Frontend = "examples/durable-code/.github/workflows/deploy-frontend.yml";

    private const string Dev = """
        {
          "name": "dev", "project": "durable-code-test", "account": "111111111111", "region": "us-west-2", "disposable": true,
          "github": { "repository": "acme/durable-code-test" },
          "services": {
            "backend": { "port": 8000, "desired": 1, "healthPath": "/health", "paths": ["/api/*", "/health"] },
            "frontend": { "port": 3000, "desired": 1, "healthPath": "/" }
          }
        }
        """;

    private WorkflowRunner _runner = null!;

    [OneTimeSetUp]
    public async Task SetUpRunnerAsync()
    {
        WorkflowTools tools = await WorkflowTools.InstallAsync();
        _runner = new WorkflowRunner("acme/durable-code-test", "us-west-2") { Application = Application, Tools = tools };
        _runner.Deploy("dev", Dev);
    }

    [OneTimeTearDown]
    public void TearDownRunner() => _runner?.Dispose();

    [TestCase(Backend, "backend", @"ruff \S+ check: \d+ files, all passed"), TestCase(Frontend, "frontend", @"\bpass [1-9]"), Order(1)]
    public void PullRequest_RunsTheChecksOnly(string workflow, string service, string checks)
    {
        WorkflowResult result = _runner.Expect(success: true, workflow, WorkflowEvent.PullRequest(7, onto: "main"));

        Assert.That(result.Jobs, Is.EqualTo(new Dictionary<string, string> { ["test"] = "success", ["deploy"] = "skipped" }));
        Assert.That(_runner.Output, Does.Match(checks));
        Assert.That(Ledger(service), Is.EqualTo("none"));
    }

    [TestCase(Backend, "backend"), TestCase(Frontend, "frontend"), Order(2)]
    public void PushToMain_ReleasesTheStageProd(string workflow, string service)
    {
        WorkflowResult result = _runner.Expect(success: true, workflow, WorkflowEvent.Push("main"));

        Assert.That(result.Jobs.Values, Is.All.EqualTo("success"));
        Assert.That(_runner.Output, Does.Contain($"built app/app/{service}/Dockerfile, stage prod"));
        Assert.That(Ledger(service), Does.StartWith("sha256:"));
    }

    [TestCase(Backend, "backend", "app/main.py", "\"alive\": True", "\"alive\": False", "1 failed")]
    [TestCase(Frontend, "frontend", "site.mjs", "send(404", "send(200", "fail 1")]
    [Order(3)]
    public void PushOfCodeThatFailsItsTests_IsNotReleased(
        string workflow, string service, string file, string before, string after, string failure)
    {
        string released = Ledger(service);
        string application = Path.Combine(_runner.Folder, $"broken-{service}");
        RunnerWorkspace.Copy(Path.Combine(Sandbox.Root, Application), application);
        string broken = Path.Combine(application, service, file), code = File.ReadAllText(broken);
        Assert.That(code, Does.Contain(before));
        File.WriteAllText(broken, code.Replace(before, after, StringComparison.Ordinal));
        _runner.Application = application;
        try
        {
            WorkflowResult result = _runner.Expect(success: false, workflow, WorkflowEvent.Push("main"));
            Assert.That(result.Jobs, Is.EqualTo(new Dictionary<string, string> { ["test"] = "failure", ["deploy"] = "skipped" }));
            Assert.That(_runner.Output, Does.Contain(failure));
        }
        finally
        {
            _runner.Application = Application;
        }

        Assert.That(Ledger(service), Is.EqualTo(released));
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

    private string Ledger(string service) => _runner.Parameter(Account, $"/dev/durable-code-test/releases/{service}");
}
