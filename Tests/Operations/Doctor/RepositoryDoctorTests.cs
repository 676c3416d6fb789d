using Infra.Operations.Doctor.Repositories;
using Infra.Operations.GitHub;
using Infra.Operations.Output;
using Infra.Tests.Operations.Support;
using Infra.Tests.Runner;
using Infra.Tests.Workflows;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Doctor;

/// <summary><c>./infra doctor github</c>: each setting that differs from what it should be is reported, and nothing else.</summary>
internal sealed class RepositoryDoctorTests
{
    private static readonly DeployableEnvironment Sandbox = new(
        "sandbox", "frameworks", "111111111111", "us-east-2", Production: false, "test", "sandbox", "", "", "", "", "", "",
        new Dictionary<string, string>())
    {
        Repository = "acme/frameworks",
        Applications = ["acme/shop"],
    };

    private static readonly DeployableEnvironment Production = Sandbox with
    {
        Environment = "prod",
        Production = true,
        Branch = "main",
        GitHubEnvironment = "production",
        Secrets = ["GOOGLE_CLIENT_ID"],
    };

    private static readonly ProtectionSettings Settings = new() { Reviewers = ["octocat"] };

    [TestCase("acme/frameworks"), TestCase("acme/shop")]
    public async Task Protected_IsClean_AndNothingIsChanged(string repository)
    {
        using FakeGitHub github = await ProtectedAsync(repository);
        string before = State(github);

        (ExitCode exitCode, string output) = await RunAsync(github, Settings);

        Assert.That(exitCode, Is.EqualTo(ExitCode.Ok), output);
        Assert.That(output, Does.Contain(" 0 not met, 0 not checked"));
        Assert.That(State(github), Is.EqualTo(before));
    }

    /// <summary>Protect and doctor cannot disagree: whatever protect puts, doctor reports if it is different.</summary>
    [TestCase("acme/frameworks"), TestCase("acme/shop")]
    public async Task EachValueThatProtectPuts_IsReportedIfItDiffers(string repository)
    {
        var settings = Settings with { Checks = ["tests"] };
        using FakeGitHub github = await ProtectedAsync(repository, settings);
        int compared = 0;
        foreach ((string path, JObject body) in github.Settings.Where(each => each.Key is "environments/production"
            or "branches/main/protection").ToArray())
        {
            foreach (JValue value in body.Descendants().OfType<JValue>().ToArray())
            {
                // Null means no restriction of who pushes. GitHub accepts protected_branches only as the opposite of
                // custom_branch_policies.
                if (value.Path is "restrictions" or "deployment_branch_policy.protected_branches")
                    continue;
                object? right = value.Value;
                value.Value = right switch
                {
                    bool flag => !flag,
                    long or int => 0,
                    "User" => "Team",
                    _ => "other",
                };
                (ExitCode exitCode, string output) = await RunAsync(github, settings);
                Assert.That(exitCode, Is.EqualTo(ExitCode.Failed), $"{path} {value.Path}: {right} is not {value.Value}\n{output}");
                Assert.That(output, Does.Contain("fix: ./infra github protect --repository"), $"{path} {value.Path}");
                value.Value = right;
                compared++;
            }
        }

        Assert.That(compared, Is.GreaterThanOrEqualTo(12));
        Assert.That((await RunAsync(github, settings)).ExitCode, Is.EqualTo(ExitCode.Ok));
    }

    private static IEnumerable<TestCaseData> Differences()
    {
        static TestCaseData Case(string name, Action<FakeGitHub> change, string expected) =>
            new TestCaseData(change, expected).SetArgDisplayNames(name);

        const string Protect = "fix: ./infra github protect --repository acme/frameworks --reviewer octocat";
        const string Pages = "fix: https://github.com/acme/frameworks/settings";
        yield return Case("environment", github => github.Settings.Remove("environments/sandbox"),
            $"environment sandbox +does not exist, should be a GitHub environment; {Protect}");
        yield return Case("all branches", github => github.Settings["environments/sandbox"].Remove("deployment_branch_policy"),
            $"environment sandbox: branches +all branches, should be only test; {Protect}");
        yield return Case(
            "protected branches",
            github => github.Settings["environments/sandbox"]["deployment_branch_policy"] =
                new JObject { ["protected_branches"] = true, ["custom_branch_policies"] = false },
            $"environment sandbox: branches +all protected branches, should be only test; {Protect}");
        yield return Case("missing branch", github => github.DeploymentBranches.Remove(("production", "main")),
            $"environment production: branches +none, should be only main; {Protect}");
        yield return Case("further branch", github => github.DeploymentBranches.Add(("production", "release/*")),
            $@"environment production: branches +main, release/\*, should be only main; {Pages}/environments");
        yield return Case("no reviewer", github => github.Settings["environments/production"]["reviewers"] = new JArray(),
            $"environment production: reviewers +none, should be octocat; {Protect}");
        yield return Case(
            "further reviewer",
            github => ((JArray)github.Settings["environments/production"]["reviewers"]!).Add(new JObject { ["type"] = "Team", ["id"] = 4 }),
            $"environment production: reviewers +octocat, team team-4, should be octocat; {Protect}");
        yield return Case("self-review", github => github.Settings["environments/production"]["prevent_self_review"] = false,
            "environment production: self-review +allowed, should be prevented");
        yield return Case("unprotected branch", github => github.Settings.Remove("branches/test/protection"),
            $"branch test: pull requests +not required, should be required; {Protect}");
        yield return Case(
            "missing branch in Git", github => github.Reads.Refused["branches/test/protection"] = (404, "Branch not found"),
            "branch test +does not exist, should be a branch; fix: git push origin HEAD:test");
        yield return Case(
            "check of any app",
            github => github.Settings["branches/main/protection"]["required_status_checks"]!["checks"]![0]!["app_id"] = null,
            $"branch main: check test +required, from any source, should be required, from github-actions; {Protect}");
        yield return Case(
            "bypass of pull requests",
            github => github.Reads.ProtectionExtras["required_pull_request_reviews"] = JObject.Parse(
                """{ "bypass_pull_request_allowances": { "users": [{ "login": "mallory" }], "apps": [{ "slug": "bot" }] } }"""),
            $"branch main: bypass +mallory, bot, should be nobody; {Pages}/branches");
        yield return Case("token", github => github.Reads.WorkflowToken["default_workflow_permissions"] = "write",
            $"actions: default token +write, should be read; {Pages}/actions");
        yield return Case("approval by workflows", github => github.Reads.WorkflowToken["can_approve_pull_request_reviews"] = true,
            $"actions: approval by workflows +workflows may approve pull requests, should be not allowed; {Pages}/actions");
        yield return Case("Actions off", github => github.Reads.Actions["enabled"] = false,
            $"actions: allowed +GitHub Actions is off, should be on; {Pages}/actions");
        yield return Case("local actions", github => github.Reads.Actions["allowed_actions"] = "local_only",
            $"actions: allowed +not actions/checkout, docker/setup-buildx-action, should be all that the workflows use; {Pages}/actions");
        yield return Case("selected actions", github => github.Reads.Actions["allowed_actions"] = "selected",
            "actions: allowed +not docker/setup-buildx-action, should be all");
        yield return Case("access", github => github.Reads.Repository["private"] = true,
            $"actions: access of applications +none, should be organization, for acme/shop; {Pages}/actions");
        yield return Case("secret", github => github.Reads.Secrets.Clear(),
            "secret GOOGLE_CLIENT_ID +not set, should be set; fix: gh secret set GOOGLE_CLIENT_ID --repo acme/frameworks");
        yield return Case("default branch", github => github.Reads.Repository["default_branch"] = "develop",
            @"default branch +develop, should be one that deploys an environment \(test, main\)");
        yield return Case("schedule off", github => github.Reads.Workflows["drift.yml"] = "disabled_inactivity",
            "schedule of drift.yml +disabled_inactivity, should be active; fix: gh workflow enable drift.yml --repo acme/frameworks");
        yield return Case("no schedule", github => github.Reads.Workflows.Remove("drift.yml"),
            "schedule of drift.yml +not on main, should be active; fix: push the workflow to main");
    }

    [TestCaseSource(nameof(Differences))]
    public async Task Difference_IsReported_WithWhatIsSetWhatShouldBeAndTheFix(Action<FakeGitHub> change, string expected)
    {
        using FakeGitHub github = await ProtectedAsync("acme/frameworks");
        change(github);

        (ExitCode exitCode, string output) = await RunAsync(github, Settings);

        Assert.That(exitCode, Is.EqualTo(ExitCode.Failed), output);
        Assert.That(output, Does.Match($"not met +{expected}"));
    }

    [TestCase("environments", "environment production", "actions: read")]
    [TestCase("environments/production/deployment-branch-policies", "environment production: branches", "actions: read")]
    [TestCase("actions/permissions/workflow", "actions: default token", "administration: read")]
    [TestCase("actions/permissions", "actions: allowed", "administration: read")]
    [TestCase("actions/secrets", "secret GOOGLE_CLIENT_ID", "secrets: read")]
    [TestCase("actions/workflows", "schedule of drift.yml", "actions: read")]
    [TestCase("branches/main/protection", "branch main", "administration: read")]
    public async Task WhatTheTokenMayNotRead_IsNotChecked_WithThePermission(string path, string setting, string permission)
    {
        using FakeGitHub github = await ProtectedAsync("acme/frameworks");
        github.Reads.Refused[path] = (403, "Resource not accessible by personal access token");

        (ExitCode exitCode, string output) = await RunAsync(github, Settings);

        Assert.That(exitCode, Is.EqualTo(ExitCode.Ok), output);
        Assert.That(output, Does.Match($"not checked +{setting} +needs permission {permission}; GitHub answered 403: Resource not"));
        Assert.That(output, Does.Not.Match($" met +{setting} "));
        Assert.That(output, Does.Not.Contain(" 0 not checked"));
    }

    [Test]
    public async Task GitHubPlanWithoutProtectedBranches_IsSaid()
    {
        using FakeGitHub github = await ProtectedAsync("acme/frameworks");
        github.Reads.Refused["branches/main/protection"] =
            (403, "Upgrade to GitHub Pro or make this repository public to enable this feature.");

        (ExitCode exitCode, string output) = await RunAsync(github, Settings);

        Assert.That(exitCode, Is.EqualTo(ExitCode.Failed));
        Assert.That(output, Does.Match("not met +branch main +GitHub: Upgrade to GitHub Pro .*; fix: another GitHub plan or a public"));
    }

    [Test]
    public async Task RateLimit_IsNotAMissingPermission()
    {
        using FakeGitHub github = await ProtectedAsync("acme/frameworks");
        github.Reads.Refused["actions/secrets"] = (403, "API rate limit exceeded");

        Assert.That(
            (await RunAsync(github, Settings)).Output, Does.Match("not checked +secret GOOGLE_CLIENT_ID +GitHub answered 403 to GET"));
    }

    [Test]
    public async Task ReviewersThatAreNotNamed_OnlyHaveToExist()
    {
        using FakeGitHub github = await ProtectedAsync("acme/frameworks");

        Assert.That((await RunAsync(github, new ProtectionSettings())).ExitCode, Is.EqualTo(ExitCode.Ok));
        github.Settings["environments/production"]["reviewers"] = new JArray();
        Assert.That((await RunAsync(github, new ProtectionSettings())).Output, Does.Contain("none, should be at least one; fix: "));
        Assert.That(
            (await RunAsync(github, new ProtectionSettings { SkipReviewers = true })).ExitCode, Is.EqualTo(ExitCode.Ok),
            "a plan without required reviewers");
    }

    [TestCase("organization", true, true), TestCase("enterprise", true, true), TestCase("user", true, false)]
    [TestCase("organization", false, false), TestCase("enterprise", false, true)]
    public async Task AccessOfApplications_HasToReachThem(string level, bool sameOwner, bool isMet)
    {
        using FakeGitHub github = await ProtectedAsync("acme/frameworks");
        github.Reads.Repository["private"] = true;
        github.Reads.Access["access_level"] = level;
        DeployableEnvironment sandbox = sameOwner ? Sandbox : Sandbox with { Applications = ["globex/shop"] };

        (ExitCode exitCode, string output) = await RunAsync(github, Settings, [sandbox, Production]);

        Assert.That(exitCode, Is.EqualTo(isMet ? ExitCode.Ok : ExitCode.Failed), output);
    }

    [Test]
    public async Task SelectedActions_WithPatterns_AreEnough()
    {
        using FakeGitHub github = await ProtectedAsync("acme/frameworks");
        github.Reads.Actions["allowed_actions"] = "selected";
        github.Reads.SelectedActions["patterns_allowed"] = new JArray("docker/*");
        Assert.That((await RunAsync(github, Settings)).Output, Does.Match(" met +actions: allowed +all that the workflows use"));

        github.Reads.SelectedActions["patterns_allowed"] = new JArray("docker/*", "!docker/setup-buildx-action@*");
        Assert.That((await RunAsync(github, Settings)).ExitCode, Is.EqualTo(ExitCode.Failed), "blocked");

        github.Reads.SelectedActions["patterns_allowed"] = new JArray();
        github.Reads.SelectedActions["verified_allowed"] = true;
        Assert.That(
            (await RunAsync(github, Settings)).Output, Does.Match("not checked +actions: allowed +GitHub's API does not say whether"));
    }

    [TestCase(true, "not met +secret INFRA_TOKEN +not set"), TestCase(false, "not applicable +secrets +the workflows need none")]
    public async Task Application_NeedsTheTokenOfAPrivateInfrastructureRepository(bool isPrivate, string expected)
    {
        using FakeGitHub github = await ProtectedAsync("acme/shop");
        github.Reads.Others["acme/frameworks"] = new JObject { ["private"] = isPrivate };
        Assert.That((await RunAsync(github, Settings)).Output, Does.Match(expected));

        github.Reads.OrganizationSecrets.Add("INFRA_TOKEN");
        Assert.That((await RunAsync(github, Settings)).ExitCode, Is.EqualTo(ExitCode.Ok));
    }

    [Test]
    public async Task Application_WhoseInfrastructureRepositoryIsNotReadable_IsNotChecked()
    {
        using FakeGitHub github = await ProtectedAsync("acme/shop");
        github.Reads.Others.Clear();

        Assert.That(
            (await RunAsync(github, Settings)).Output, Does.Match("not checked +secrets +needs permission metadata: read of acme/fr"));
        Assert.That((await RunAsync(github, Settings, secrets: ["DEPLOY_KEY"])).Output, Does.Match("not met +secret DEPLOY_KEY +not set"));
    }

    [Test]
    public async Task InvalidToken_IsAnError()
    {
        using FakeGitHub github = await ProtectedAsync("acme/frameworks");
        var failure = Assert.ThrowsAsync<GitHubException>(() => RunAsync(github, Settings, token: "wrong"))!;
        Assert.That(failure.Message, Does.StartWith("GitHub answered 401"));
    }

    [Test]
    public async Task RepositoryThatTheTokenCannotRead_IsAnError_AndNotGreen()
    {
        using FakeGitHub github = await ProtectedAsync("acme/frameworks");
        github.Reads.Refused[""] = (404, "Not Found");
        var failure = Assert.ThrowsAsync<OperationException>(() => RunAsync(github, Settings))!;
        Assert.That((failure.ExitCode, failure.Remedy), Is.EqualTo(
            (ExitCode.Failed, "the token must have access to the repository, with the permission metadata: read")));
    }

    /// <summary>The schedules are those of the workflows.</summary>
    [Test]
    public void Schedules_AreThoseOfTheWorkflows() => Assert.That(
        ScheduleChecks.Workflows,
        Is.EquivalentTo(WorkflowFile.Workflows.Where(file => file.Triggers.Contains("schedule"))
            .Select(file => Path.GetFileName(file.Name))));

    internal static async Task<FakeGitHub> ProtectedAsync(string repository, ProtectionSettings? settings = null)
    {
        var github = new FakeGitHub(repository);
        github.Reads.Secrets.Add("GOOGLE_CLIENT_ID");
        if (repository != Sandbox.Repository)
            github.Reads.Others[Sandbox.Repository] = new JObject { ["private"] = false };
        using var host = new TestHost();
        using GitHubApi api = Api(github, "desk-token");
        await new Protection(host.Context, api).ApplyAsync([Sandbox, Production], settings ?? Settings);
        return github;
    }

    internal static async Task<(ExitCode ExitCode, string Output)> RunAsync(
        FakeGitHub github, ProtectionSettings settings, IReadOnlyList<DeployableEnvironment>? environments = null,
        IReadOnlyList<string>? secrets = null, string token = "desk-token")
    {
        using var host = new TestHost();
        host.Write(
            ".github/workflows/build.yml",
            "- uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1\n"
            + "- uses: docker/setup-buildx-action@37fe631027851001ddb9b187196cc803df7f5f0e # v4.3.0\n- uses: ./.github/actions/setup\n");
        using GitHubApi api = Api(github, token);
        ExitCode exitCode = await new RepositoryDoctor(host.Context, api)
            .RunAsync(environments ?? [Sandbox, Production], settings, secrets ?? []);
        return (exitCode, host.Output.ToString());
    }

    private static string State(FakeGitHub github) =>
        JObject.FromObject(github.Settings) + string.Join(", ", github.DeploymentBranches);

    private static GitHubApi Api(FakeGitHub github, string token) => new(
        name => name == "GITHUB_TOKEN" ? token : name == "GITHUB_API_URL" ? github.Url.ToString() : null, github.Repository);
}
