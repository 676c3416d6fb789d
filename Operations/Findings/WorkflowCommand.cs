using System.Globalization;
using Infra.Configuration.Findings;

namespace Infra.Operations.Findings;

/// <summary>The workflow command that GitHub Actions shows as an annotation of a line.</summary>
/// <remarks>
/// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands; its escaping is in
/// https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts.
/// </remarks>
internal static class WorkflowCommand
{
    /// <summary><c>::error file=environments/dev.json,line=14,col=17,title=services/fargate-sizes::300 is not …</c>.</summary>
    /// <param name="finding">The finding.</param>
    /// <param name="file">Its file, relative to the root of the repository; empty without one.</param>
    public static string Annotation(Finding finding, string file)
    {
        var properties = new List<string>();
        if (file.Length > 0)
            properties.Add($"file={Property(file)}");
        if (finding.Line > 0)
            properties.Add(string.Create(CultureInfo.InvariantCulture, $"line={finding.Line},col={finding.Column}"));
        properties.Add($"title={Property(finding.Rule.Id)}");
        return $"::{FindingText.Level(finding.Rule)} {string.Join(',', properties)}::{Data(FindingText.Message(finding))}";
    }

    private static string Data(string text) => text
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("\r", "%0D", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
