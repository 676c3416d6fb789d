using System.Globalization;
using System.Text;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Plans;

/// <summary>Writes one stack's plan as Markdown, for a pull request comment or a job summary.</summary>
internal static class PlanMarkdown
{
    // The limit of a comment is 65,536 characters, and the plans of an environment are combined in one.
    private const int LongestText = 24_000;

    private const int MostRows = 200;

    private const int MostAttributes = 12;

    /// <param name="summary">Summary that contains the plan.</param>
    /// <param name="stack">Stack.</param>
    /// <param name="text">Terraform's text of the plan; empty if it was not planned.</param>
    public static string Write(PlanSummary summary, StackSummary stack, string text)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"### {summary.Environment} · {stack.Stack}: {Headline(stack)}").AppendLine();
        string[] lost = stack.Resources.Where(change => change.Action is "delete" or "replace").Select(change => change.Address).ToArray();
        if (stack.Losses.Count > 0)
        {
            page.AppendLine("> [!CAUTION]").AppendLine("> Data is lost:");
            foreach (DataLoss loss in stack.Losses)
                page.AppendLine(CultureInfo.InvariantCulture, $"> - `{loss.Address}`: {loss.What}");
            page.AppendLine();
        }

        if (lost.Length > 0)
        {
            page.AppendLine("> [!WARNING]").AppendLine("> Destroyed or recreated:");
            foreach (string address in lost)
                page.AppendLine(CultureInfo.InvariantCulture, $"> - `{address}`");
            page.AppendLine();
        }

        if (stack.Resources.Count > 0)
            AppendTable(page, stack.Resources);
        if (stack.Changes && text.Length > 0)
            AppendText(page, text);
        page.AppendLine(CultureInfo.InvariantCulture, $"<sub>{Provenance(summary)}</sub>");
        return page.ToString();
    }

    private static string Headline(StackSummary stack) => stack switch
    {
        { NotPlanned: { } why } => why,
        { Changes: false } => "no changes",
        { Resources.Count: 0 } => "only outputs change",
        _ => $"{stack.Add} to add, {stack.Change} to change, {stack.Destroy} to destroy",
    };

    private static void AppendTable(StringBuilder page, IReadOnlyList<ResourceChange> changes)
    {
        page.AppendLine("| | resource | what |").AppendLine("|---|---|---|");
        // Most destructive first, because the rest may be cut.
        foreach (ShownChange shown in ShownChange.Of(changes).Reverse().Take(MostRows))
            page.AppendLine(CultureInfo.InvariantCulture, $"| {shown.Change.Action} | `{shown.Change.Address}` | {What(shown)} |");
        if (changes.Count > MostRows)
            page.AppendLine(CultureInfo.InvariantCulture, $"| … | and {changes.Count - MostRows} more | |");
        page.AppendLine();
    }

    private static string What(ShownChange shown)
    {
        string[] parts =
        [
            shown.Note,
            .. shown.Attributes.Take(MostAttributes).Select(attribute =>
                $"{MarkdownCell.Code(attribute.Path)}: {MarkdownCell.Code(attribute.Before)} → {MarkdownCell.Code(attribute.After)}"),
            shown.Attributes.Count > MostAttributes ? $"and {shown.Attributes.Count - MostAttributes} more attributes" : "",
        ];
        return string.Join("<br>", parts.Where(part => part.Length > 0));
    }

    private static void AppendText(StringBuilder page, string text)
    {
        page.AppendLine("<details><summary>Terraform's plan</summary>").AppendLine().AppendLine("````text");
        page.AppendLine(text.Length > LongestText
            ? text[..LongestText].TrimEnd() + "\n… (cut; the whole plan is in the .txt file next to this one)"
            : text.TrimEnd());
        page.AppendLine("````").AppendLine().AppendLine("</details>").AppendLine();
    }

    private static string Provenance(PlanSummary summary) => string.Join(" · ", new[]
    {
        summary.Commit is { } commit ? $"commit {Commit.Short(commit)}" : null,
        $"account {summary.Account}",
        summary.Region,
        summary.MadeAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        summary.ReadOnly ? "planned without refresh" : null,
    }.OfType<string>());
}
