using Infra.Operations.GitHub;
using Infra.Operations.Output;
using Infra.Tests.Runner;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Doctor;

/// <summary>Rulesets count as much as branch protection.</summary>
internal sealed class RulesetTests
{
    private static readonly ProtectionSettings Settings = new() { Reviewers = ["octocat"] };

    [Test]
    public async Task RulesetsInsteadOfBranchProtection_AreClean()
    {
        using FakeGitHub github = await WithRulesetAsync(new JArray());

        (ExitCode exitCode, string output) = await RepositoryDoctorTests.RunAsync(github, Settings);

        Assert.That(exitCode, Is.EqualTo(ExitCode.Ok), output);
        Assert.That(output, Does.Match(" met +branch main: bypass of ruleset 7 +nobody"));
    }

    [Test]
    public async Task WhoBypassesARuleset_IsReported()
    {
        using FakeGitHub github = await WithRulesetAsync(new JArray(new JObject { ["actor_type"] = "RepositoryRole" }));

        (ExitCode exitCode, string output) = await RepositoryDoctorTests.RunAsync(github, Settings);

        Assert.That(exitCode, Is.EqualTo(ExitCode.Failed));
        Assert.That(
            output, Does.Match("not met +branch main: bypass of ruleset 7 +RepositoryRole, should be nobody; fix: https://.*/rules/7"));
    }

    /// <summary>GitHub returns them only to those who may change the ruleset.</summary>
    [Test]
    public async Task WhoBypassesARuleset_IsNotChecked_WithATokenThatOnlyReads()
    {
        using FakeGitHub github = await WithRulesetAsync(bypass: null);

        Assert.That(
            (await RepositoryDoctorTests.RunAsync(github, Settings)).Output,
            Does.Match("not checked +branch main: bypass of ruleset 7 +needs permission administration: write"));
    }

    [TestCase("deletion", "deletion +allowed, should be blocked")]
    [TestCase("non_fast_forward", "force pushes +allowed, should be blocked")]
    [TestCase("pull_request", "approvals +0, should be at least 1")]
    [TestCase("required_status_checks", "check plan +not required, should be required, from github-actions")]
    public async Task MissingRule_IsReported(string type, string expected)
    {
        using FakeGitHub github = await WithRulesetAsync(new JArray());
        github.Reads.Rules.Single(rule => (string?)rule["type"] == type).Remove();

        Assert.That((await RepositoryDoctorTests.RunAsync(github, Settings)).Output, Does.Match($"not met +branch main: {expected}"));
    }

    /// <summary>GitHub applies the stricter rule of both.</summary>
    [Test]
    public async Task RulesetAndBranchProtection_CountTogether()
    {
        using FakeGitHub github = await RepositoryDoctorTests.ProtectedAsync("acme/frameworks");
        github.Settings["branches/main/protection"]["allow_deletions"] = true;
        github.Reads.Rules.Add(new JObject { ["type"] = "deletion", ["ruleset_id"] = 7 });
        github.Reads.Rulesets["7"] = new JObject { ["bypass_actors"] = new JArray() };
        Assert.That((await RepositoryDoctorTests.RunAsync(github, Settings)).ExitCode, Is.EqualTo(ExitCode.Ok));

        github.Settings["branches/main/protection"]["enforce_admins"] = false;
        Assert.That(
            (await RepositoryDoctorTests.RunAsync(github, Settings)).Output,
            Does.Match("not met +branch main: administrators +bypass the rules, should be not excepted"));
    }

    /// <summary>The protection of the branches is removed, a ruleset has all rules.</summary>
    private static async Task<FakeGitHub> WithRulesetAsync(JArray? bypass)
    {
        FakeGitHub github = await RepositoryDoctorTests.ProtectedAsync("acme/frameworks");
        foreach (string branch in new[] { "main", "test" })
            github.Settings.Remove($"branches/{branch}/protection");
        foreach (JToken rule in JArray.Parse($$"""
            [
              { "type": "deletion", "ruleset_id": 7 },
              { "type": "non_fast_forward", "ruleset_id": 7 },
              { "type": "creation", "ruleset_id": 7 },
              { "type": "pull_request", "ruleset_id": 7,
                "parameters": { "required_approving_review_count": 1, "dismiss_stale_reviews_on_push": true } },
              { "type": "required_status_checks", "ruleset_id": 7, "parameters": { "strict_required_status_checks_policy": true,
                "required_status_checks": [
                  { "context": "test", "integration_id": {{FakeRepositorySettings.ActionsApp}} },
                  { "context": "plan", "integration_id": {{FakeRepositorySettings.ActionsApp}} } ] } }
            ]
            """))
            github.Reads.Rules.Add(rule);
        github.Reads.Rulesets["7"] = bypass is null ? [] : new JObject { ["bypass_actors"] = bypass };
        return github;
    }
}
