using System.Net;
using Infra.Operations.Doctor.Readiness;
using Infra.Operations.GitHub;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor.Repositories;

/// <summary>Rules of the branches that deploy, by branch protection or by rulesets.</summary>
internal sealed class BranchChecks(RepositoryReader reader, RepositoryFacts facts, string protect)
{
    private const string Permission = "administration: read";

    private const string RulesPermission = "metadata: read";

    public async Task<IReadOnlyList<SettingResult>> RunAsync(IReadOnlyList<BranchProtection> expected)
    {
        var apps = new Dictionary<string, Reading<JObject>>(StringComparer.Ordinal);
        foreach (string app in expected.SelectMany(branch => branch.Checks).Select(check => check.App).Distinct(StringComparer.Ordinal))
            apps.Add(app, await reader.OtherAsync($"apps/{Uri.EscapeDataString(app)}"));
        var results = new List<SettingResult>();
        foreach (BranchProtection branch in expected)
            results.AddRange(await RunAsync(branch, apps));
        return results;
    }

    private async Task<IReadOnlyList<SettingResult>> RunAsync(BranchProtection expected, Dictionary<string, Reading<JObject>> apps)
    {
        string setting = $"branch {expected.Branch}";
        Reading<JObject> protection = await reader.ObjectAsync(expected.Path);
        Reading<JArray> rules = await reader.ListAsync($"rules/branches/{Uri.EscapeDataString(expected.Branch)}");
        if (protection.IsRefusedWith(HttpStatusCode.NotFound, "Branch not found"))
            return [SettingResult.Of(setting, isMet: false, "does not exist", "a branch", $"git push origin HEAD:{expected.Branch}")];
        bool unprotected = protection.IsRefusedWith(HttpStatusCode.NotFound, "Branch not protected");
        BranchRules classic = protection.Content is { } found ? BranchRules.OfProtection(found) : BranchRules.None;
        BranchRules rulesets = rules.Content is { } active ? BranchRules.OfRules(active) : BranchRules.None;

        SettingResult[] compared = [.. Compare(setting, expected, classic.And(rulesets), apps)];
        bool isMet = compared.All(IsMet);
        // What cannot be read could have what is missing.
        if (!isMet && protection.Content is null && !unprotected)
            return [new SettingResult(setting, protection.NotRead(Permission))];
        if (!isMet && rules.Content is null)
            return [new SettingResult(setting, rules.NotRead(RulesPermission))];
        bool rulesetsSuffice = Compare(setting, expected, rulesets, apps).All(IsMet);
        bool protectionSuffices = Compare(setting, expected, classic, apps).All(IsMet);
        return
        [
            .. compared,
            .. rulesetsSuffice || protection.Content is null ? [] : Protection(setting, protection.Content),
            .. protectionSuffices ? [] : await RulesetsAsync(setting, rules.Content ?? []),
        ];
    }

    private static bool IsMet(SettingResult result) => result.Result.State is CheckState.Met;

    private IEnumerable<SettingResult> Compare(
        string setting, BranchProtection expected, BranchRules found, Dictionary<string, Reading<JObject>> apps)
    {
        SettingResult Of(string name, bool isMet, string shown, string wanted) =>
            SettingResult.Of($"{setting}: {name}", isMet, shown, wanted, protect);

        yield return Of("pull requests", found.PullRequest, found.PullRequest ? "required" : "not required", "required");
        yield return Of(
            "approvals", found.Approvals >= expected.Approvals, $"{found.Approvals}", $"at least {expected.Approvals}");
        yield return Of(
            "stale approvals", found.DismissStaleReviews,
            found.DismissStaleReviews ? "dismissed by new commits" : "stay valid after new commits", "dismissed");
        yield return Of(
            "force pushes", found.ForcePushesBlocked, found.ForcePushesBlocked ? "blocked" : "allowed", "blocked");
        yield return Of("deletion", found.DeletionBlocked, found.DeletionBlocked ? "blocked" : "allowed", "blocked");
        if (expected.Checks.Count > 0)
            yield return Of("up to date", found.Strict, found.Strict ? "required" : "not required", "required before merging");
        foreach (RequiredCheck check in expected.Checks)
        {
            string name = $"check {check.Name}";
            long?[] sources = [.. found.Checks.Where(each => each.Name == check.Name).Select(each => each.App)];
            if (apps[check.App].Content is not { } app)
                yield return sources.Length == 0
                    ? Of(name, isMet: false, "not required", $"required, from {check.App}")
                    : new SettingResult($"{setting}: {name}", apps[check.App].NotRead(RulesPermission));
            else
                yield return Of(
                    name, sources.Contains((long)app["id"]!),
                    sources.Length == 0 ? "not required"
                        : sources.Contains((long)app["id"]!) ? $"required, from {check.App}"
                        : $"required, from {string.Join(", ", sources.Select(source => source is null ? "any source" : $"app {source}"))}",
                    $"required, from {check.App}");
        }
    }

    private IEnumerable<SettingResult> Protection(string setting, JObject protection)
    {
        bool enforced = (bool?)protection.SelectToken("enforce_admins.enabled") == true;
        yield return SettingResult.Of(
            $"{setting}: administrators", enforced, enforced ? "the rules apply" : "bypass the rules", "not excepted", protect);
        string[] bypassing =
        [
            .. new[] { "users", "teams", "apps" }
                .SelectMany(kind => protection.SelectTokens($"required_pull_request_reviews.bypass_pull_request_allowances.{kind}[*]"))
                .Select(each => (string?)each["login"] ?? (string?)each["slug"] ?? "unknown"),
        ];
        if (bypassing.Length > 0)
            yield return SettingResult.Of(
                $"{setting}: bypass", isMet: false, string.Join(", ", bypassing), "nobody", $"{facts.Page}/branches");
    }

    // GitHub shows who bypasses a ruleset only to those who may change it.
    private async Task<IReadOnlyList<SettingResult>> RulesetsAsync(string setting, JArray rules)
    {
        var results = new List<SettingResult>();
        foreach (string id in rules.Select(rule => $"{rule["ruleset_id"]}").Distinct(StringComparer.Ordinal))
        {
            string name = $"{setting}: bypass of ruleset {id}";
            Reading<JObject> ruleset = await reader.ObjectAsync($"rulesets/{id}");
            if (ruleset.Content is not { } content)
                results.Add(new SettingResult(name, ruleset.NotRead(RulesPermission)));
            else if (content["bypass_actors"] is not { } actors)
                results.Add(new SettingResult(name, CheckResult.NotChecked("needs permission administration: write")));
            else
                results.Add(SettingResult.Of(
                    name, !actors.Any(), actors.Any() ? string.Join(", ", actors.Select(actor => $"{actor["actor_type"]}")) : "nobody",
                    "nobody", $"{facts.Page}/rules/{id}"));
        }

        return results;
    }
}
