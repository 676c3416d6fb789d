using Infra.Operations.Doctor.Readiness;
using Infra.Operations.GitHub;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor.Repositories;

/// <summary>
/// GitHub environments: they exist, only their branches deploy, reviewers. https://docs.github.com/rest/deployments/environments
/// </summary>
internal sealed class EnvironmentChecks(RepositoryReader reader, RepositoryFacts facts, string protect)
{
    private const string Permission = "actions: read";

    public async Task<IReadOnlyList<SettingResult>> RunAsync(IReadOnlyList<EnvironmentProtection> expected)
    {
        Reading<JArray> environments = await reader.ListAsync(EnvironmentProtection.List, EnvironmentProtection.List);
        var results = new List<SettingResult>();
        foreach (EnvironmentProtection environment in expected)
        {
            string setting = $"environment {environment.Name}";
            if (environments.Content is not { } list)
                results.Add(new SettingResult(setting, environments.NotRead(Permission)));
            else if (list.Children<JObject>().FirstOrDefault(each => IsNamed(each, environment.Name)) is not { } found)
                results.Add(SettingResult.Of(setting, isMet: false, "does not exist", "a GitHub environment", protect));
            else
                results.AddRange(await CompareAsync(setting, environment, found));
        }

        return results;
    }

    // GitHub's names of environments are case insensitive.
    private static bool IsNamed(JObject environment, string name) =>
        string.Equals((string?)environment["name"], name, StringComparison.OrdinalIgnoreCase);

    private async Task<IEnumerable<SettingResult>> CompareAsync(string setting, EnvironmentProtection expected, JObject found) =>
    [
        await BranchesAsync($"{setting}: branches", expected, found),
        .. Reviewers(setting, expected, EnvironmentProtection.Rule(found, "required_reviewers")),
        .. Administrators($"{setting}: administrators", expected, found),
    ];

    private async Task<SettingResult> BranchesAsync(string setting, EnvironmentProtection expected, JObject found)
    {
        string wanted = $"only {string.Join(", ", expected.Branches)}";
        JToken? policy = found["deployment_branch_policy"];
        if ((bool?)policy?.SelectToken("custom_branch_policies") != true)
            return SettingResult.Of(
                setting, isMet: false, (bool?)policy?.SelectToken("protected_branches") == true ? "all protected branches" : "all branches",
                wanted, protect);
        Reading<JArray> policies = await reader.ListAsync(expected.BranchesPath, EnvironmentProtection.BranchList);
        if (policies.Content is not { } list)
            return new SettingResult(setting, policies.NotRead(Permission));
        string[] allowed = [.. list.Select(each => (string?)each["type"] == "tag" ? $"tag {each["name"]}" : (string)each["name"]!)];
        string shown = allowed.Length == 0 ? "none" : string.Join(", ", allowed);
        // protect adds branches, but removes none that somebody has added.
        return SettingResult.Of(
            setting, allowed.ToHashSet(StringComparer.Ordinal).SetEquals(expected.Branches), shown, wanted,
            expected.Branches.Except(allowed, StringComparer.Ordinal).Any() ? protect : $"{facts.Page}/environments");
    }

    private IEnumerable<SettingResult> Reviewers(string setting, EnvironmentProtection expected, JToken? rule)
    {
        if (!expected.NeedsReviewers)
            yield break;
        string[] reviewers = [.. (rule?["reviewers"] ?? new JArray()).Select(Name)];
        string fix = facts.IsPrivate
            ? $"{protect}; a private repository has required reviewers only with GitHub Enterprise, otherwise --skip-reviewers"
            : protect;
        yield return SettingResult.Of(
            $"{setting}: reviewers",
            expected.Reviewers.Count == 0
                ? reviewers.Length > 0
                : reviewers.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(expected.Reviewers),
            reviewers.Length == 0 ? "none" : string.Join(", ", reviewers),
            expected.Reviewers.Count == 0 ? "at least one" : string.Join(", ", expected.Reviewers),
            fix);
        if (expected.PreventSelfReview)
        {
            bool prevented = (bool?)rule?["prevent_self_review"] == true;
            yield return SettingResult.Of(
                $"{setting}: self-review", prevented, prevented ? "prevented" : "allowed",
                "prevented (allowed with --allow-self-review)", fix);
        }
    }

    // Only shown: GitHub does not document how its API changes it.
    private IEnumerable<SettingResult> Administrators(string setting, EnvironmentProtection expected, JObject found)
    {
        if (expected.NeedsReviewers && (bool?)found["can_admins_bypass"] is { } bypass)
            yield return new SettingResult(setting, bypass
                ? CheckResult.NotApplicable($"may bypass the rules; a team can turn it off in {facts.Page}/environments")
                : CheckResult.Met("may not bypass the rules"));
    }

    private static string Name(JToken reviewer) => (string?)reviewer["type"] == "Team"
        ? $"team {reviewer.SelectToken("reviewer.slug")}"
        : (string?)reviewer.SelectToken("reviewer.login") ?? "unknown";
}
