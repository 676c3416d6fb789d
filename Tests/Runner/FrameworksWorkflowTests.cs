using Infra.Operations.GitHub;
using Infra.Operations.Output;
using Infra.Tests.Emulator;
using Infra.Tests.Examples;
using Infra.Tests.Operations.Layers;
using Infra.Tests.Operations.Support;
using Infra.Tests.Workflows;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>CI and deployment of system P's two frameworks in the local runner, with submodules in Git repositories of the test.</summary>
[TestFixture]
[Category("Emulator"), Category("Workflows")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
internal sealed class FrameworksWorkflowTests
{
    private const string Workflow = "examples/python-frameworks/.github/workflows/frameworks.yml";
    private const string Frameworks = "examples/python-frameworks/frameworks";

    private static readonly string[] Checks = ["lint", "tests", "coverage"];

    private readonly List<SubmoduleRepository> _repositories = [];
    private WorkflowRunner _runner = null!;

    private static WorkflowFile File => WorkflowFile.Load(Workflow);

    [OneTimeSetUp]
    public async Task SetUpRunnerAsync()
    {
        await ExamplesPython.FindAsync();
        _runner = new WorkflowRunner("acme/python-frameworks", "us-east-2");
        _runner.Secrets["FRAMEWORKS_SSH_KEY"] = "a deploy key";
        foreach (string framework in new[] { "da_flask", "da_framework" })
        {
            SubmoduleRepository repository = await SubmoduleRepository.CreateAsync(
                framework, folder => RunnerWorkspace.Copy(Path.Combine(Sandbox.Root, Frameworks, framework), folder.Path));
            _repositories.Add(repository);
            _runner.Submodules[$"{Frameworks}/{framework}"] = repository.Origin;
        }

        foreach (string name in new[] { "dev", "prod" })
        {
            _runner.Deploy(
                name, $$"""{ "extends": "{{Path.Combine(Sandbox.Root, "examples", "python-frameworks", $"{name}.json")}}" }""", "base");
        }
    }

    [OneTimeTearDown]
    public void TearDownRunner()
    {
        _runner?.Dispose();
        _repositories.ForEach(repository => repository.Dispose());
    }

    [Test, Order(1), Property("Row", "P-L5")]
    public void PullRequest_RunsTheChecks_AndCommentsTheirResults()
    {
        WorkflowResult result = _runner.Expect(success: true, Workflow, WorkflowEvent.PullRequest(7, onto: "test"));

        Assert.That(result.Jobs, Is.EquivalentTo(new Dictionary<string, string>
        {
            ["lint"] = "success",
            ["tests"] = "success",
            ["coverage"] = "success",
            ["comment"] = "success",
            ["deploy"] = "skipped",
        }));
        (int pull, JObject comment) = _runner.GitHub.Comments.Single();
        Assert.That(pull, Is.EqualTo(7));
        Assert.That((string?)comment["body"], Does.Contain("| da_flask | lint | passed |").And.Contain("| da_framework | tests | passed |")
            .And.Contain("| da_flask | coverage | passed, 100% of 24% |").And.Contain("| da_framework | coverage | passed, 100% of 20% |"));
    }

    [Test, Order(2), Property("Row", "P-L5")]
    public async Task PullRequest_WithCodeThatIsNotFormatted_OrBelowTheGate_FailsAndIsNotChanged()
    {
        const string module = "src/da_framework/__init__.py";
        string original = System.IO.File.ReadAllText(Path.Combine(Sandbox.Root, Frameworks, "da_framework", module));
        // Eleven of the statements are covered by an import; with these, fewer than a fifth.
        string uncovered = string.Concat(Enumerable.Range(0, 150).Select(each => $"    value = {each}\n"));
        await _repositories[1].MoveAsync(framework =>
        {
            framework.Write(module, $"{original}\n\ndef unused() -> int:\n{uncovered}    return  value\n");
        });

        WorkflowResult result = _runner.Expect(success: false, Workflow, WorkflowEvent.PullRequest(7, onto: "test"));

        Assert.That(
            (result.Jobs["lint"], result.Jobs["tests"], result.Jobs["coverage"]), Is.EqualTo(("failure", "success", "failure")));
        Assert.That(_runner.Output, Does.Contain("-    return  value").And.Contain("+    return value"), "black shows the difference");
        Assert.That(_runner.Output, Does.Contain("Required test coverage of 20.0% not reached"));
        Assert.That((string?)_runner.GitHub.Comments.Single().Comment["body"],
            Does.Contain("| da_flask | lint | passed |").And.Contain("| da_framework | lint | failed |")
                .And.Contain("| da_framework | coverage | failed, "), "the comment is updated");
        await _repositories[1].MoveAsync(framework => framework.Write(module, original));
    }

    [Test, Order(3), Property("Row", "P-L3"), Property("Row", "P-L5")]
    public async Task Push_DeploysTheLayersOfMovedSubmodules_ToTheAccountOfTheBranch()
    {
        WorkflowResult result = _runner.Expect(success: true, Workflow, WorkflowEvent.Push("test"));
        Assert.That(result.Jobs["deploy"], Is.EqualTo("success"));
        Assert.That(result.Jobs["comment"], Is.EqualTo("skipped"));
        Assert.That(_runner.Output, Does.Contain("dev-da-flask-layer: version 1 published (the first version;")
            .And.Contain("dev-da-framework-layer: version 1 published (the first version;")
            .And.Contain("python-frameworks-dev-github-delivery"));

        await _repositories[0].MoveAsync(framework => framework.Write("README.md", "Moved\n"));
        _runner.Expect(success: true, Workflow, WorkflowEvent.Push("test"));
        Assert.That(_runner.Output, Does.Contain("dev-da-flask-layer: version 2 published (changed since version 1;")
            .And.Contain("dev-da-framework-layer: nothing to publish, version 1 has these sources"));

        _runner.Expect(success: true, Workflow, WorkflowEvent.Push("main"));
        Assert.That(_runner.Output, Does.Contain("prod-da-flask-layer: version 1 published").And.Contain("222222222222"));
    }

    [Test, Property("Row", "P-L5")]
    public void PushesAndPullRequests_RunOnce()
    {
        JToken on = File.Content["on"]!;
        Assert.Multiple(() =>
        {
            Assert.That(on["pull_request"]!["branches"]!.Values<string>(), Is.EqualTo(new[] { "test" }));
            Assert.That(on["push"]!["branches"]!.Values<string>(), Is.EqualTo(new[] { "test", "main" }),
                "a push to the branch of a pull request runs nothing");
        });
    }

    [Test, Property("Row", "P-L5")]
    public async Task RequiredChecks_AreTheJobsOfTheseNames()
    {
        Assert.That(File.Jobs.Select(job => job.Id), Is.SupersetOf(Checks));
        Assert.That(
            File.Jobs.Where(job => Checks.Contains(job.Id)).Select(job => (string?)job.Content["if"] ?? (string?)job.Content["name"]),
            Is.All.Null, "they are never skipped, and reported under their ids");
        string readme = System.IO.File.ReadAllText(Path.Combine(Sandbox.Root, "examples", "python-frameworks", "README.md"));
        Assert.That(readme, Does.Contain(string.Join(' ', Checks.Select(check => $"--check {check}"))));

        using var github = new FakeGitHub("acme/python-frameworks");
        using var host = new TestHost();
        using var api = new GitHubApi(name => name switch
        {
            "GITHUB_REPOSITORY" => github.Repository,
            "GITHUB_TOKEN" => "desk-token",
            "GITHUB_API_URL" => github.Url.ToString(),
            _ => null,
        });
        var sandbox = new DeployableEnvironment(
            "dev", "python-frameworks", "111111111111", "us-east-2", Production: false, "test", "sandbox", "", "", "", "", "", "",
            new Dictionary<string, string>())
        { Repository = github.Repository };
        ExitCode exitCode = await new Protection(host.Context, api).ApplyAsync([sandbox], new ProtectionSettings { Checks = Checks });
        Assert.That(exitCode, Is.EqualTo(ExitCode.Ok));
        Assert.That(
            github.Settings["branches/test/protection"].SelectTokens("required_status_checks.checks[*].context").Values<string>(),
            Is.EqualTo(Checks));
    }
}
