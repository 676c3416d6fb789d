using Infra.Tests.Examples;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>The CI workflow of an example application, which triggers the AWS workflows, in the local runner.</summary>
[TestFixture]
[Category("Emulator"), Category("Workflows")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Property("Row", "H-L4"), Property("Row", "H12")]
internal sealed class ApplicationWorkflowTests
{
    private const string Account = "111111111111";
    private const string Workflow = "examples/hoopstat-haus/.github/workflows/ci.yml";

    private const string Environment = """
        {
          "name": "prod", "project": "hoopstat-haus", "account": "111111111111", "region": "us-east-1", "disposable": true,
          "github": { "repository": "acme/hoopstat-haus" },
          "buckets": { "raw-data": {}, "processed-data": {} },
          "services": {
            "data-pipeline": { "desired": 1, "uses": { "buckets": ["raw-data:readwrite", "processed-data:write"] } },
            "stats-api": { "desired": 1, "uses": { "buckets": ["processed-data:read"] } }
          }
        }
        """;

    private WorkflowRunner _runner = null!;

    [OneTimeSetUp]
    public async Task SetUpRunnerAsync()
    {
        await ExamplesPython.FindAsync();
        _runner = new WorkflowRunner("acme/hoopstat-haus", "us-east-1");
        _runner.Deploy("prod", Environment);
    }

    [OneTimeTearDown]
    public void TearDownRunner() => _runner?.Dispose();

    [Test, Order(1)]
    public void PullRequest_RunsTheTestsOnly()
    {
        WorkflowResult result = _runner.Expect(success: true, Workflow, WorkflowEvent.PullRequest(7, onto: "main"));

        Assert.That(result.Jobs, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["test"] = "success",
            ["data-pipeline"] = "skipped",
            ["stats-api"] = "skipped",
        }));
        Assert.That(_runner.Output, Does.Match(@"\d+ passed"));
        Assert.That(Ledger("stats-api"), Is.EqualTo("none"));
    }

    [Test, Order(2)]
    public void PushToMain_BuildsAndReleasesBothApplications()
    {
        WorkflowResult result = _runner.Expect(success: true, Workflow, WorkflowEvent.Push("main"));

        Assert.That(result.Jobs.Values, Is.All.EqualTo("success"));
        Assert.That(Ledger("data-pipeline"), Does.StartWith("sha256:"));
        Assert.That(Ledger("stats-api"), Does.StartWith("sha256:").And.Not.EqualTo(Ledger("data-pipeline")), "each has its own image");
    }

    private string Ledger(string service) => _runner.Parameter(Account, $"/prod/hoopstat-haus/releases/{service}");
}
