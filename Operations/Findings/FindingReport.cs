using System.Globalization;
using System.Text;
using Infra.Configuration.Findings;
using Infra.Operations.Output;
using Infra.Operations.Plans;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Findings;

/// <summary>
/// Shows findings on the lines of a pull request, in addition to the text: annotations in GitHub Actions, and a SARIF file if the user asks
/// for it.
/// </summary>
internal static class FindingReport
{
    /// <summary>
    /// Annotations of one severity that GitHub shows of one step:
    /// https://github.com/actions/toolkit/blob/main/docs/problem-matchers.md#limitations
    /// </summary>
    public const int MostAnnotations = 10;

    /// <param name="context">Context of the run.</param>
    /// <param name="verb">Verb that has found them.</param>
    /// <param name="found">All findings, also those that several environments share.</param>
    /// <param name="sarif">File for SARIF; null for none.</param>
    public static void Publish(RunContext context, string verb, IEnumerable<Finding> found, string? sarif)
    {
        Finding[] findings = [.. found.Select(finding => Relative(context, finding)).Distinct()];
        if (context.Variables["GITHUB_ACTIONS"] == "true")
            Annotate(context, findings);
        context.Report(new JArray(findings.Select(finding => new JObject
        {
            ["rule"] = finding.Rule.Id,
            ["level"] = FindingText.Level(finding.Rule),
            ["file"] = finding.File,
            ["line"] = finding.Line,
            ["column"] = finding.Column,
            ["message"] = FindingText.Message(finding),
        })));
        if (sarif is not null)
            ReportFile.Write(sarif, SarifLog.Of(verb, findings, Pages(context)).ToString() + "\n");
    }

    private static void Annotate(RunContext context, Finding[] findings)
    {
        ILookup<bool, Finding> shown = findings.GroupBy(finding => finding.Rule.Severity)
            .SelectMany(severity => severity.Select((finding, index) => (finding, index)))
            .ToLookup(each => each.index < MostAnnotations, each => each.finding);
        foreach (Finding finding in shown[true])
            context.Reporter.Line(WorkflowCommand.Annotation(finding, finding.File));
        if (shown[false].Any() && context.Variables["GITHUB_STEP_SUMMARY"] is { } summary)
            ReportFile.Append(summary, Summary(shown[false]));
    }

    private static string Summary(IEnumerable<Finding> findings)
    {
        var text = new StringBuilder("""
            ### More findings

            GitHub shows only some as annotations.

            | level | place | finding |
            |---|---|---|

            """);
        foreach (Finding finding in findings)
        {
            string place = finding.Line == 0
                ? finding.File
                : string.Create(CultureInfo.InvariantCulture, $"{finding.File}:{finding.Line}:{finding.Column}");
            string message = MarkdownCell.Code(FindingText.Message(finding));
            text.Append(
                CultureInfo.InvariantCulture, $"| {FindingText.Level(finding.Rule)} | {MarkdownCell.Code(place)} | {message} |\n");
        }

        return text.Append('\n').ToString();
    }

    /// <summary>The same with a file relative to the root of the repository, and without secrets.</summary>
    public static Finding Relative(RunContext context, Finding finding) => finding with
    {
        File = finding.File.Length == 0
            ? ""
            : context.Checkout.Show(Path.GetFullPath(finding.File, context.Checkout.Root)).Replace('\\', '/'),
        Message = context.Reporter.Redactor.Apply(finding.Message),
    };

    // GitHub Actions sets both. HEAD is the default branch.
    private static Uri? Pages(RunContext context) =>
        context.Variables["GITHUB_SERVER_URL"] is { } server && context.Variables["GITHUB_REPOSITORY"] is { } repository
            ? new Uri($"{server.TrimEnd('/')}/{repository}/blob/HEAD/")
            : null;
}
