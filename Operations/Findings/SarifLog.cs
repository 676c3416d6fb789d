using System.Security.Cryptography;
using System.Text;
using Infra.Configuration.Findings;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Findings;

/// <summary>Findings as SARIF 2.1.0, with the properties that GitHub code scanning reads.</summary>
/// <remarks>
/// https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html,
/// https://docs.github.com/code-security/reference/code-scanning/sarif-files/sarif-support
/// </remarks>
internal static class SarifLog
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <param name="verb">Verb that has found them: code scanning keeps the alerts of each verb separate.</param>
    /// <param name="findings">The findings, with files relative to the root of the repository.</param>
    /// <param name="pages">Address of the folder with docs/; null if it is not known.</param>
    public static JObject Of(string verb, IReadOnlyList<Finding> findings, Uri? pages)
    {
        Rule[] rules =
            [.. findings.Select(finding => finding.Rule).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal)];
        var occurrences = new Dictionary<string, int>(StringComparer.Ordinal);
        return new JObject
        {
            ["$schema"] = Schema,
            ["version"] = "2.1.0",
            ["runs"] = new JArray(new JObject
            {
                ["tool"] = new JObject
                {
                    ["driver"] = new JObject
                    {
                        ["name"] = "infra",
                        ["rules"] = new JArray(rules.Select(rule => Descriptor(rule, pages))),
                    },
                },
                // Code scanning takes what is before the last slash as the category.
                ["automationDetails"] = new JObject { ["id"] = $"infra-{verb}/" },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JArray(findings.Select(finding =>
                    Result(finding, Array.FindIndex(rules, rule => rule.Id == finding.Rule.Id), occurrences))),
            }),
        };
    }

    private static JObject Descriptor(Rule rule, Uri? pages)
    {
        string page = FindingText.Page(rule);
        var descriptor = new JObject
        {
            ["id"] = rule.Id,
            ["shortDescription"] = Text(rule.Summary),
            ["fullDescription"] = Text(rule.Summary),
            ["help"] = Text($"{rule.Summary} See {page}."),
            ["defaultConfiguration"] = new JObject { ["level"] = FindingText.Level(rule) },
        };
        if (pages is not null)
            descriptor["helpUri"] = new Uri(pages, page).ToString();
        return descriptor;
    }

    private static JObject Result(Finding finding, int rule, Dictionary<string, int> occurrences)
    {
        var result = new JObject
        {
            ["ruleId"] = finding.Rule.Id,
            ["ruleIndex"] = rule,
            ["level"] = FindingText.Level(finding.Rule),
            ["message"] = Text(FindingText.Message(finding)),
            ["partialFingerprints"] = new JObject { ["primaryLocationLineHash"] = Fingerprint(finding, occurrences) },
        };
        if (finding.File.Length > 0)
            result["locations"] = new JArray(new JObject { ["physicalLocation"] = Location(finding) });
        return result;
    }

    private static JObject Location(Finding finding)
    {
        // Code scanning shows only results with a line; a finding of the whole file is at its first.
        var region = new JObject { ["startLine"] = Math.Max(1, finding.Line) };
        if (finding.Line > 0)
            region["startColumn"] = Math.Max(1, finding.Column);
        // A file outside of the repository has an absolute path.
        JObject file = Path.IsPathRooted(finding.File)
            ? new JObject { ["uri"] = new Uri(finding.File).AbsoluteUri }
            : new JObject { ["uri"] = string.Join('/', finding.File.Split('/').Select(Uri.EscapeDataString)), ["uriBaseId"] = "%SRCROOT%" };
        return new JObject { ["artifactLocation"] = file, ["region"] = region };
    }

    /// <summary>
    /// Stays the same when the finding moves to another line or its text changes: otherwise code scanning would close the alert and open
    /// another one. With GitHub's suffix, the number of the occurrence.
    /// </summary>
    private static string Fingerprint(Finding finding, Dictionary<string, int> occurrences)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{finding.Rule.Id}\n{finding.File}\n{finding.Path}"));
        string text = Convert.ToHexStringLower(hash)[..16];
        return $"{text}:{occurrences[text] = occurrences.GetValueOrDefault(text) + 1}";
    }

    private static JObject Text(string text) => new() { ["text"] = text };
}
