using Infra.Operations.GitHub;
using Infra.Operations.Output;
using Infra.Tests.Operations.Support;
using Infra.Tests.Workflows;
using Infra.Tests.Runner;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.GitHub;

[TestFixture, Property("Row", "P9")]
internal sealed class ProtectionTests
{
    private static readonly DeployableEnvironment Sandbox = new(
        "sandbox", "python-frameworks", "111111111111", "us-east-2", Production: false, "test", "sandbox", "", "", "", "", "",
        new Dictionary<string, string>());

    private static readonly DeployableEnvironment Production =
        Sandbox with { Environment = "prod", Production = true, Branch = "main", GitHubEnvironment = "production" };

    [Test, Property("Row", "P2")]
    public async Task Environments_AcceptOnlyTheirBranch_AndProductionNeedsAReviewer()
    {
        using var github = new FakeGitHub("acme/python-frameworks");

        await ApplyAsync(github, [Sandbox, Production], "octocat");
        await ApplyAsync(github, [Sandbox, Production], "octocat");

        Assert.That(github.DeploymentBranches, Is.EqualTo(new[] { ("sandbox", "test"), ("production", "main") }),
            "once, though it was run two times");
        Assert.That(github.Settings["environments/sandbox"]["reviewers"], Is.Empty);
        Assert.That((int?)github.Settings["environments/production"]["reviewers"]!.Single()["id"], Is.EqualTo("octocat".Length));
        Assert.That((bool?)github.Settings["environments/sandbox"].SelectToken("deployment_branch_policy.custom_branch_policies"), Is.True);
    }

    [Test]
    public async Task Branches_NeedTheChecksThatReportOnEveryPullRequest()
    {
        using var github = new FakeGitHub("acme/python-frameworks");

        await ApplyAsync(github, [Sandbox, Production], "octocat");

        foreach (string branch in new[] { "test", "main" })
        {
            JObject protection = github.Settings[$"branches/{branch}/protection"];
            Assert.That(protection["required_status_checks"]!["checks"]!.Select(check => (string?)check["context"]),
                Is.EqualTo(Protection.RequiredChecks));
            Assert.That((bool?)protection["allow_force_pushes"], Is.False);
        }
    }

    /// <summary>A required check that does not run on a pull request would block it.</summary>
    [Test]
    public void RequiredChecks_AreJobsOfWorkflowsThatRunOnEveryPullRequest()
    {
        foreach (string check in Protection.RequiredChecks)
        {
            WorkflowFile workflow =
                WorkflowFile.Workflows.Single(file => file.Triggers.Contains("pull_request") && file.Jobs.Any(job => job.Id == check));
            Assert.That(workflow.Content["on"]!["pull_request"]!.Type, Is.EqualTo(JTokenType.Null),
                $"{workflow.Name} has no filter of paths or branches");
            Job job = workflow.Jobs.Single(candidate => candidate.Id == check);
            Assert.That((string?)job.Content["if"], Is.Null.Or.EqualTo("always()"), $"{workflow.Name} {check} is never skipped");
        }
    }

    [Test]
    public void ProductionWithoutAReviewer_IsRefused()
    {
        using var github = new FakeGitHub("acme/python-frameworks");
        var failure = Assert.ThrowsAsync<OperationException>(() => ApplyAsync(github, [Production]))!;
        Assert.That((failure.ExitCode, failure.Remedy), Is.EqualTo((ExitCode.BadInput, "pass --reviewer USER")));
        Assert.That(github.Settings, Is.Empty);
    }

    private static async Task ApplyAsync(FakeGitHub github, IReadOnlyList<DeployableEnvironment> environments, params string[] reviewers)
    {
        using var host = new TestHost();
        using var api = new GitHubApi(name => name switch
        {
            "GITHUB_REPOSITORY" => github.Repository,
            "GITHUB_TOKEN" => "desk-token",
            "GITHUB_API_URL" => github.Url.ToString(),
            _ => null,
        });
        Assert.That(await new Protection(host.Context, api).ApplyAsync(environments, reviewers, []), Is.EqualTo(ExitCode.Ok));
    }
}
