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
        "sandbox", "python-frameworks", "111111111111", "us-east-2", Production: false, "test", "sandbox", "", "", "", "", "", "",
        new Dictionary<string, string>())
    {
        Repository = "acme/python-frameworks",
        Applications = ["acme/shop"],
    };

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
                Is.EqualTo(new[] { "test", "plan" }));
            Assert.That(protection["required_status_checks"]!["checks"]!.Select(check => (int?)check["app_id"]),
                Is.All.EqualTo(FakeRepositorySettings.ActionsApp), "nothing but GitHub Actions can report them as passed");
            Assert.That((bool?)protection["allow_force_pushes"], Is.False);
        }
    }

    /// <summary>A required check that does not run on a pull request would block it.</summary>
    [Test]
    public void RequiredChecks_AreJobsOfWorkflowsThatRunOnEveryPullRequest()
    {
        foreach (string check in RequiredCheck.OfInfrastructure.Select(required => required.Name))
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
    public async Task WaitTimer_OfATeam_Stays()
    {
        using var github = new FakeGitHub("acme/python-frameworks");
        await ApplyAsync(github, [Sandbox], []);
        Assert.That(github.Settings["environments/sandbox"], Does.Not.ContainKey("wait_timer"), "not every plan has it");
        github.Settings["environments/sandbox"]["wait_timer"] = 30;

        await ApplyAsync(github, [Sandbox], []);

        Assert.That((int?)github.Settings["environments/sandbox"]["wait_timer"], Is.EqualTo(30));
    }

    [Test]
    public async Task GitHubEnvironmentOfTwoFiles_AcceptsBothBranches_AndIsPutOnce()
    {
        using var github = new FakeGitHub("acme/python-frameworks");

        await ApplyAsync(github, [Production, Sandbox with { GitHubEnvironment = "production" }], "octocat");

        Assert.That(github.DeploymentBranches, Is.EqualTo(new[] { ("production", "main"), ("production", "test") }));
        Assert.That(github.Settings["environments/production"]["reviewers"], Has.Exactly(1).Items);
    }

    [TestCase("codecov/project@codecov", "codecov/project", 7)]
    [TestCase("lint", "lint", FakeRepositorySettings.ActionsApp)]
    public async Task Check_IsReportedByGitHubActions_OrByTheGivenApp(string check, string name, int app)
    {
        using var github = new FakeGitHub("acme/shop");

        await ApplyAsync(github, [Sandbox], new ProtectionSettings { Checks = [check] });

        JToken required = github.Settings["branches/test/protection"]["required_status_checks"]!["checks"]!.Single();
        Assert.That(((string?)required["context"], (int?)required["app_id"]), Is.EqualTo((name, app)));
    }

    [TestCase("@codecov"), TestCase("lint@")]
    public void CheckWithoutNameOrApp_IsRefused(string check)
    {
        var failure = Assert.Throws<OperationException>(() => RequiredCheck.Parse(check))!;
        Assert.That((failure.ExitCode, failure.Message), Is.EqualTo((ExitCode.BadInput, $"--check {check} is no check")));
    }

    [Test]
    public void ProductionWithoutAReviewer_IsRefused()
    {
        using var github = new FakeGitHub("acme/python-frameworks");
        var failure = Assert.ThrowsAsync<OperationException>(() => ApplyAsync(github, [Production]))!;
        Assert.That((failure.ExitCode, failure.Remedy), Is.EqualTo((ExitCode.BadInput, "pass --reviewer USER")));
        Assert.That(github.Settings, Is.Empty);
    }

    [Test, Property("Finding", "C7")]
    public async Task Deployments_AreNotApprovedByWhoStartedThem_AndPullRequestsNeedAnApproval()
    {
        using var github = new FakeGitHub("acme/python-frameworks");

        await ApplyAsync(github, [Sandbox, Production], "octocat");

        Assert.Multiple(() =>
        {
            Assert.That((bool?)github.Settings["environments/production"]["prevent_self_review"], Is.True);
            Assert.That((bool?)github.Settings["environments/sandbox"]["prevent_self_review"], Is.False, "nobody approves it");
            Assert.That(Approvals(github), Is.EqualTo(1));
        });
    }

    /// <summary>A team of one.</summary>
    [Test, Property("Finding", "C7")]
    public async Task SelfReviewAndMissingApprovals_AreAllowedOnlyOnRequest()
    {
        using var github = new FakeGitHub("acme/python-frameworks");

        await ApplyAsync(
            github, [Production], new ProtectionSettings { Reviewers = ["octocat"], AllowSelfReview = true, Approvals = 0 });

        Assert.That((bool?)github.Settings["environments/production"]["prevent_self_review"], Is.False);
        Assert.That(Approvals(github), Is.Zero);
    }

    [TestCase(), TestCase("lint", "tests"), Property("Finding", "C7")]
    public async Task ApplicationRepository_IsNotAskedForTheChecksOfTheInfrastructure(params string[] checks)
    {
        using var github = new FakeGitHub("acme/shop");

        await ApplyAsync(github, [Sandbox, Production], new ProtectionSettings { Reviewers = ["octocat"], Checks = checks });

        Assert.That(github.DeploymentBranches, Is.EqualTo(new[] { ("sandbox", "test"), ("production", "main") }));
        Assert.That(github.Settings["environments/production"]["reviewers"], Has.Exactly(1).Items);
        Assert.That(
            github.Settings["branches/main/protection"].SelectTokens("required_status_checks.checks[*].context").Values<string>(),
            Is.EqualTo(checks));
    }

    [Test, Property("Finding", "C7")]
    public void UnknownRepository_IsRefused_WithTheKnownOnes()
    {
        using var github = new FakeGitHub("acme/other");

        var failure = Assert.ThrowsAsync<OperationException>(() => ApplyAsync(github, [Sandbox], "octocat"))!;

        Assert.That(failure.Message, Is.EqualTo("no environment file names acme/other"));
        Assert.That(failure.Remedy, Does.EndWith("available: acme/python-frameworks, acme/shop"));
        Assert.That(github.Settings, Is.Empty);
    }

    /// <summary>https://docs.github.com/actions/reference/workflows-and-actions/deployments-and-environments#required-reviewers</summary>
    [Test, Property("Finding", "C7")]
    public async Task PlanWithoutRequiredReviewers_IsNamed_AndThePullRequestsApprovalIsLeft()
    {
        using var github = new FakeGitHub("acme/python-frameworks") { HasReviewers = false };

        var failure = Assert.ThrowsAsync<GitHubException>(() => ApplyAsync(github, [Production], "octocat"))!;
        Assert.That(failure.Remedy, Does.Contain("GitHub Enterprise").And.Contain("--skip-reviewers"));
        await ApplyAsync(github, [Production], new ProtectionSettings { SkipReviewers = true });

        Assert.That(github.Settings["environments/production"]["reviewers"], Is.Empty);
        Assert.That(Approvals(github), Is.EqualTo(1));
    }

    [Test, Property("Finding", "C7")]
    public void NoApprovalAtAll_IsRefused()
    {
        using var github = new FakeGitHub("acme/python-frameworks");

        var failure = Assert.ThrowsAsync<OperationException>(
            () => ApplyAsync(github, [Production], new ProtectionSettings { SkipReviewers = true, Approvals = 0 }))!;

        Assert.That((failure.ExitCode, failure.Remedy), Is.EqualTo(
            (ExitCode.BadInput, "remove --reviewer, and ask for at least one approval: --approvals 1")));
    }

    private static int? Approvals(FakeGitHub github) => (int?)github.Settings["branches/main/protection"]
        .SelectToken("required_pull_request_reviews.required_approving_review_count");

    private static Task ApplyAsync(FakeGitHub github, IReadOnlyList<DeployableEnvironment> environments, params string[] reviewers) =>
        ApplyAsync(github, environments, new ProtectionSettings { Reviewers = reviewers });

    private static async Task ApplyAsync(
        FakeGitHub github, IReadOnlyList<DeployableEnvironment> environments, ProtectionSettings settings)
    {
        using var host = new TestHost();
        using var api = new GitHubApi(name => name switch
        {
            "GITHUB_REPOSITORY" => github.Repository,
            "GITHUB_TOKEN" => "desk-token",
            "GITHUB_API_URL" => github.Url.ToString(),
            _ => null,
        });
        Assert.That(await new Protection(host.Context, api).ApplyAsync(environments, settings), Is.EqualTo(ExitCode.Ok));
    }
}
