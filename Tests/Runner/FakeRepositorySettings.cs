using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>
/// What GitHub's API returns of a repository's settings; GitHub's defaults, and what was put. The form is that of
/// https://docs.github.com/rest, which differs from the form in which settings are put.
/// </summary>
internal sealed class FakeRepositorySettings(FakeGitHub github)
{
    /// <summary>Id of the GitHub App of GitHub Actions.</summary>
    public const int ActionsApp = 15368;

    private readonly Dictionary<long, string> _users = [];

    /// <summary>Repository: https://docs.github.com/rest/repos/repos#get-a-repository</summary>
    public JObject Repository { get; } = new()
    {
        ["full_name"] = github.Repository,
        ["private"] = false,
        ["owner"] = new JObject { ["type"] = "Organization" },
        ["default_branch"] = "main",
        ["html_url"] = $"https://github.com/{github.Repository}",
    };

    /// <summary>Other repositories that the token may read, by name.</summary>
    public Dictionary<string, JObject> Others { get; } = [];

    public JObject Actions { get; } = new() { ["enabled"] = true, ["allowed_actions"] = "all", ["sha_pinning_required"] = false };

    public JObject SelectedActions { get; } =
        new() { ["github_owned_allowed"] = true, ["verified_allowed"] = false, ["patterns_allowed"] = new JArray() };

    public JObject WorkflowToken { get; } =
        new() { ["default_workflow_permissions"] = "read", ["can_approve_pull_request_reviews"] = false };

    public JObject Access { get; } = new() { ["access_level"] = "none" };

    public List<string> Secrets { get; } = [];

    public List<string> OrganizationSecrets { get; } = [];

    /// <summary>State of each workflow, by file name.</summary>
    public Dictionary<string, string> Workflows { get; } = new() { ["drift.yml"] = "active", ["verify-aws-integration.yml"] = "active" };

    /// <summary>Rules of rulesets that apply to all branches.</summary>
    public JArray Rules { get; } = [];

    /// <summary>Rulesets by id.</summary>
    public Dictionary<string, JObject> Rulesets { get; } = [];

    /// <summary>Properties that an environment has in addition, as GitHub returns them: by name.</summary>
    public Dictionary<string, JObject> EnvironmentExtras { get; } = [];

    /// <summary>Properties that the protection of each branch has in addition.</summary>
    public JObject ProtectionExtras { get; } = [];

    /// <summary>Requests that GitHub refuses: beginnings of paths below the repository, with status and message.</summary>
    public Dictionary<string, (int Status, string Message)> Refused { get; } = [];

    public JObject User(string login)
    {
        _users[login.Length] = login;
        return new JObject { ["id"] = login.Length, ["login"] = login };
    }

    /// <summary>Answer to GET; null if the path is not one of settings.</summary>
    public (int Status, JToken Answer)? Answer(string[] path)
    {
        if (path is ["apps", var app])
            return (200, new JObject { ["id"] = app == "github-actions" ? ActionsApp : app.Length, ["slug"] = app });
        if (path is ["repos", var owner, var name] && Others.GetValueOrDefault($"{owner}/{name}") is { } other)
            return (200, other);
        if (path.Length < 3 || $"{path[1]}/{path[2]}" != github.Repository)
            return null;
        string below = string.Join('/', path[3..]);
        foreach ((string start, (int status, string message)) in Refused)
        {
            if (below.StartsWith(start, StringComparison.Ordinal))
                return (status, new JObject { ["message"] = message });
        }

        return path[3..] switch
        {
            [] => (200, Repository),
            ["environments"] => (200, List("environments", github.Settings
                .Where(setting => setting.Key.StartsWith("environments/", StringComparison.Ordinal))
                .Select(setting => Environment(Uri.UnescapeDataString(setting.Key["environments/".Length..]), setting.Value)))),
            ["branches", _, "protection"] => github.Settings.GetValueOrDefault(below) is { } put
                ? (200, Protection(put))
                : (404, new JObject { ["message"] = "Branch not protected" }),
            ["rules", "branches", _] => (200, Rules),
            ["rulesets", var id] => (200, Rulesets[id]),
            ["actions", "permissions"] => (200, Actions),
            ["actions", "permissions", "selected-actions"] => (200, SelectedActions),
            ["actions", "permissions", "workflow"] => (200, WorkflowToken),
            ["actions", "permissions", "access"] => (200, Access),
            ["actions", "secrets"] => (200, List("secrets", Secrets.Select(secret => new JObject { ["name"] = secret }))),
            ["actions", "organization-secrets"] =>
                (200, List("secrets", OrganizationSecrets.Select(secret => new JObject { ["name"] = secret }))),
            ["actions", "workflows"] => (200, List("workflows", Workflows.Select(
                workflow => new JObject { ["path"] = $".github/workflows/{workflow.Key}", ["state"] = workflow.Value }))),
            _ => null,
        };
    }

    private static JObject List(string property, IEnumerable<JObject> elements) =>
        new() { ["total_count"] = elements.Count(), [property] = new JArray(elements) };

    private JObject Environment(string name, JObject put)
    {
        var rules = new JArray { new JObject { ["type"] = "branch_policy" } };
        if (put["wait_timer"] is { } minutes)
            rules.Add(new JObject { ["type"] = "wait_timer", ["wait_timer"] = minutes });
        if (put["reviewers"]?.Any() == true)
            rules.Add(new JObject
            {
                ["type"] = "required_reviewers",
                ["prevent_self_review"] = put["prevent_self_review"],
                ["reviewers"] = new JArray(put["reviewers"]!.Select(reviewer => new JObject
                {
                    ["type"] = reviewer["type"],
                    ["reviewer"] = (string?)reviewer["type"] == "Team"
                        ? new JObject { ["slug"] = $"team-{reviewer["id"]}" }
                        : new JObject { ["login"] = _users.GetValueOrDefault((long)reviewer["id"]!, $"user-{reviewer["id"]}") },
                })),
            });
        var environment = new JObject
        {
            ["name"] = name,
            ["protection_rules"] = rules,
            ["deployment_branch_policy"] = put["deployment_branch_policy"]?.DeepClone(),
        };
        environment.Merge(EnvironmentExtras.GetValueOrDefault(name) ?? []);
        return environment;
    }

    private JObject Protection(JObject put)
    {
        static JObject Enabled(JToken? value) => new() { ["enabled"] = value };

        var protection = new JObject
        {
            ["enforce_admins"] = Enabled(put["enforce_admins"]),
            ["allow_force_pushes"] = Enabled(put["allow_force_pushes"]),
            ["allow_deletions"] = Enabled(put["allow_deletions"]),
        };
        // GitHub leaves out what is not required.
        foreach (string required in new[] { "required_status_checks", "required_pull_request_reviews" })
        {
            if (put[required] is JObject settings)
                protection[required] = settings.DeepClone();
        }

        protection.Merge(ProtectionExtras);
        return protection;
    }
}
