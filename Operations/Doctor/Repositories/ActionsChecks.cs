using Infra.Operations.Doctor.Readiness;
using Infra.Operations.GitHub;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor.Repositories;

/// <summary>Settings of GitHub Actions: https://docs.github.com/rest/actions/permissions</summary>
internal sealed class ActionsChecks(RepositoryReader reader, RepositoryFacts facts, string root)
{
    private const string Permission = "administration: read";

    private string Page => $"{facts.Page}/actions";

    public async Task<IReadOnlyList<SettingResult>> RunAsync(RepositoryProtection expected) =>
    [
        .. await TokenAsync(),
        .. await AllowedAsync(expected),
        .. expected.IsApplication ? [] : new[] { await AccessAsync(expected) },
    ];

    private async Task<IEnumerable<SettingResult>> TokenAsync()
    {
        const string Token = "actions: default token", Approval = "actions: approval by workflows";
        Reading<JObject> workflow = await reader.ObjectAsync("actions/permissions/workflow");
        if (workflow.Content is not { } found)
            return [new SettingResult(Token, workflow.NotRead(Permission)), new SettingResult(Approval, workflow.NotRead(Permission))];
        string permissions = $"{found["default_workflow_permissions"]}";
        bool approves = (bool?)found["can_approve_pull_request_reviews"] == true;
        return
        [
            SettingResult.Of(Token, permissions == "read", permissions, "read", Page),
            SettingResult.Of(Approval, !approves, approves ? "workflows may approve pull requests" : "not allowed", "not allowed", Page),
        ];
    }

    private async Task<IEnumerable<SettingResult>> AllowedAsync(RepositoryProtection expected)
    {
        const string Allowed = "actions: allowed", Pinned = "actions: pinned";
        Reading<JObject> permissions = await reader.ObjectAsync("actions/permissions");
        if (permissions.Content is not { } found)
            return [new SettingResult(Allowed, permissions.NotRead(Permission))];
        if ((bool?)found["enabled"] != true)
            return [SettingResult.Of(Allowed, isMet: false, "GitHub Actions is off", "on", Page)];
        var results = new List<SettingResult>();
        switch ((string?)found["allowed_actions"])
        {
            case "all":
                results.Add(new SettingResult(Allowed, CheckResult.Met("all")));
                break;
            case "selected":
                Reading<JObject> selected = await reader.ObjectAsync("actions/permissions/selected-actions");
                results.Add(selected.Content is { } content
                    ? Uses(Allowed, expected, content)
                    : new SettingResult(Allowed, selected.NotRead(Permission)));
                break;
            default:
                results.Add(Uses(Allowed, expected, selected: []));
                break;
        }

        // GitHub Enterprise Server of earlier versions does not say it.
        if ((bool?)found["sha_pinning_required"] is { } required)
            results.Add(new SettingResult(Pinned, required
                ? CheckResult.Met("a full commit is required")
                : CheckResult.NotApplicable($"a full commit is not required, but used by all of these workflows; require it: {Page}")));
        return results;
    }

    private SettingResult Uses(string setting, RepositoryProtection expected, JObject selected)
    {
        string[] uses = [.. UsedActions.Of(root)];
        // A repository may always use what its owner's other repositories have.
        if (expected.IsApplication)
            uses = [.. uses, .. expected.Deployed.Select(environment => environment.Repository).Distinct(StringComparer.OrdinalIgnoreCase)];
        string[] refused =
        [
            .. uses.Where(used => !used.StartsWith($"{facts.Owner}/", StringComparison.OrdinalIgnoreCase)
                && !UsedActions.IsAllowed(used, selected)),
        ];
        if (refused.Length > 0 && (bool?)selected["verified_allowed"] == true)
            return new SettingResult(setting, CheckResult.NotChecked(
                $"GitHub's API does not say whether the creators are verified of {string.Join(", ", refused)}; see {Page}"));
        return SettingResult.Of(
            setting, refused.Length == 0, refused.Length == 0 ? "all that the workflows use" : $"not {string.Join(", ", refused)}",
            "all that the workflows use", Page);
    }

    /// <summary>Applications call the workflows of this repository.</summary>
    private async Task<SettingResult> AccessAsync(RepositoryProtection expected)
    {
        const string Access = "actions: access of applications";
        string[] applications =
        [
            .. expected.Deployed.SelectMany(environment => environment.Applications).Distinct(StringComparer.OrdinalIgnoreCase)
                .Where(application => !application.Equals(facts.Name, StringComparison.OrdinalIgnoreCase)),
        ];
        if (applications.Length == 0)
            return new SettingResult(Access, CheckResult.NotApplicable("no github.applications"));
        if (!facts.IsPrivate)
            return new SettingResult(Access, CheckResult.NotApplicable("a public repository's workflows are accessible"));
        Reading<JObject> access = await reader.ObjectAsync("actions/permissions/access");
        if (access.Content is not { } found)
            return new SettingResult(Access, access.NotRead(Permission));
        bool sameOwner = applications.All(each => each.StartsWith($"{facts.Owner}/", StringComparison.OrdinalIgnoreCase));
        string level = $"{found["access_level"]}";
        string wanted = !sameOwner ? "enterprise" : facts.OwnedByUser ? "user" : "organization";
        return SettingResult.Of(
            Access, level == wanted || level == "enterprise", level, $"{wanted}, for {string.Join(", ", applications)}", Page);
    }
}
