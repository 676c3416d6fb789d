using System.Globalization;
using System.Text;
using Infra.Configuration.Findings;
using Infra.Configuration.Validation;

namespace Infra.Configuration;

/// <summary>Writes the reference of rules in Markdown: a table for each section.</summary>
public static class RuleReferenceWriter
{
    /// <summary>The generated part of <c>docs/rules.md</c>.</summary>
    /// <param name="others">Rules that are checked outside of Configuration.</param>
    public static string Write(IEnumerable<Rule> others)
    {
        var text = new StringBuilder();
        foreach (IGrouping<string, Rule> section in AllRules.Rules.Concat([Rule.Form, Rule.SharedBootstrap]).Concat(others)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal).GroupBy(rule => rule.Id.Split('/')[0]))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {section.Key}\n\n| rule | severity | requirement |\n|---|---|---|\n");
            foreach (Rule rule in section)
                text.Append(CultureInfo.InvariantCulture,
                    $"| `{rule.Id}` | {(rule.Severity == Severity.Error ? "error" : "warning")} | {rule.Summary} |\n");
        }
        return text.ToString();
    }
}
