using Infra.Operations.Doctor.Readiness;
using Infra.Operations.GitHub;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor.Repositories;

/// <summary>Secrets that the workflows need, by name; GitHub does not show values. https://docs.github.com/rest/actions/secrets</summary>
internal sealed class SecretChecks(RepositoryReader reader, RepositoryFacts facts)
{
    /// <summary>Secret with which an application's workflows read a private infrastructure repository: docs/delivery.md.</summary>
    public const string InfraToken = "INFRA_TOKEN";

    private const string Permission = "secrets: read";

    /// <param name="expected">What the repository is.</param>
    /// <param name="chosen">Secrets that an application's workflows pass; empty means the default.</param>
    public async Task<IReadOnlyList<SettingResult>> RunAsync(RepositoryProtection expected, IReadOnlyList<string> chosen)
    {
        const string Setting = "secrets";
        string[] needed = [.. chosen];
        if (!expected.IsApplication)
            needed = [.. chosen, .. expected.Deployed.SelectMany(environment => environment.Secrets)];
        else if (chosen.Count == 0)
        {
            Reading<JObject> infrastructure = await reader.OtherAsync($"repos/{expected.Deployed[0].Repository}");
            if (infrastructure.Content is not { } found)
                return
                [
                    new SettingResult(Setting, CheckResult.NotChecked(
                        $"needs permission metadata: read of {expected.Deployed[0].Repository}, to know whether it is private; "
                            + $"or pass --secret {InfraToken}")),
                ];
            if ((bool?)found["private"] == true)
                needed = [InfraToken];
        }

        return needed.Length == 0
            ? [new SettingResult(Setting, CheckResult.NotApplicable("the workflows need none"))]
            : await CompareAsync(needed.Distinct(StringComparer.OrdinalIgnoreCase));
    }

    private async Task<IReadOnlyList<SettingResult>> CompareAsync(IEnumerable<string> needed)
    {
        Reading<JArray> own = await reader.ListAsync("actions/secrets", "secrets");
        Reading<JArray> shared = facts.OwnedByUser
            ? new Reading<JArray>([], Refusal: null)
            : await reader.ListAsync("actions/organization-secrets", "secrets");
        var results = new List<SettingResult>();
        foreach (string name in needed)
        {
            string setting = $"secret {name}";
            bool Has(Reading<JArray> secrets) => secrets.Content?.Any(
                secret => string.Equals((string?)secret["name"], name, StringComparison.OrdinalIgnoreCase)) == true;
            if (Has(own) || Has(shared))
                results.Add(new SettingResult(setting, CheckResult.Met(Has(own) ? "of the repository" : "of the organization")));
            else if (new[] { own, shared }.FirstOrDefault(secrets => secrets.Content is null) is { } unread)
                results.Add(new SettingResult(setting, unread.NotRead(Permission)));
            else
                results.Add(SettingResult.Of(
                    setting, isMet: false, "not set", "set", $"gh secret set {name} --repo {facts.Name}"));
        }

        return results;
    }
}
