using Infra.Configuration.Findings;

namespace Infra.Operations.Findings;

/// <summary>Parts of a finding as annotations and SARIF show them.</summary>
internal static class FindingText
{
    /// <summary><c>error</c> or <c>warning</c>: the words of workflow commands and of SARIF.</summary>
    public static string Level(Rule rule) => rule.Severity == Severity.Error ? "error" : "warning";

    /// <summary>The path in the file and the message.</summary>
    public static string Message(Finding finding) => finding.Path.Length == 0 ? finding.Message : $"{finding.Path}  {finding.Message}";

    /// <summary>The page that describes a rule, relative to the root of the repository.</summary>
    public static string Page(Rule rule) => rule.Id.Split('/')[0] switch
    {
        PolicyFindings.Section => "docs/checks.md#rules",
        "terraform" => "docs/operations.md#verbs",
        var section => $"docs/rules.md#{section}",
    };
}
