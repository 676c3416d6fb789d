using Infra.Operations.GitHub;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor.Repositories;

/// <summary>
/// Schedules run on the default branch only, and GitHub turns them off in a public repository without activity:
/// https://docs.github.com/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
/// </summary>
internal sealed class ScheduleChecks(RepositoryReader reader, RepositoryFacts facts)
{
    private const string Permission = "actions: read";

    /// <summary>Workflows of this repository with a schedule.</summary>
    public static readonly IReadOnlyList<string> Workflows = ["drift.yml", "verify-aws-integration.yml"];

    public async Task<IReadOnlyList<SettingResult>> RunAsync(RepositoryProtection expected)
    {
        string[] branches = [.. expected.Branches.Select(branch => branch.Branch)];
        if (expected.IsApplication)
            return [];
        var results = new List<SettingResult>
        {
            // Protect sets rules only for branches that deploy; who may push to the default branch decides what schedules run.
            SettingResult.Of(
                "default branch", branches.Contains(facts.DefaultBranch), facts.DefaultBranch,
                $"one that deploys an environment ({string.Join(", ", branches)}), because schedules run on it", facts.Page),
        };
        Reading<JArray> workflows = await reader.ListAsync("actions/workflows", "workflows");
        foreach (string name in Workflows)
        {
            string setting = $"schedule of {name}";
            if (workflows.Content is not { } list)
            {
                results.Add(new SettingResult(setting, workflows.NotRead(Permission)));
                continue;
            }

            JToken? workflow = list.FirstOrDefault(each => (string?)each["path"] == $".github/workflows/{name}");
            string state = (string?)workflow?["state"] ?? $"not on {facts.DefaultBranch}";
            results.Add(SettingResult.Of(
                setting, state == "active", state, "active",
                workflow is null ? $"push the workflow to {facts.DefaultBranch}" : $"gh workflow enable {name} --repo {facts.Name}"));
        }

        return results;
    }
}
