using System.Globalization;
using System.Text;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Plans;

/// <summary>Writes the plans of an environment as one Markdown page, for a pull request comment and a job summary.</summary>
internal static class PlanMarkdown
{
    // GitHub's limit of a comment is 65,536 characters; the rest is for the hidden comment by which it is found again.
    private const int Longest = 65_000;

    // The longest has a policy's fix; a whole one can be acted on.
    private const int LongestFinding = 1000;

    private const int MostAttributes = 12;

    // Ranks of sections: what has a higher one is left out first.
    private const int LossesRank = 0, FindingsRank = 1, CostsRank = 2, FirstClass = 3;

    // Most destructive first.
    private static readonly (string Title, string[] Actions)[] Classes =
    [
        ("to destroy", ["delete"]),
        ("to replace", ["replace"]),
        ("to update in place", ["update"]),
        ("to create, import, move or forget", ["create", "import", "move", "forget"]),
    ];

    /// <param name="summary">Summary of the plans.</param>
    /// <param name="texts">Terraform's text of the plan, by stack; nothing for a stack that was not planned.</param>
    /// <param name="longest">Most characters. Sections that do not fit are left out as a whole, with a note in their place.</param>
    public static string Write(PlanSummary summary, IReadOnlyDictionary<string, string> texts, int longest = Longest)
    {
        string overview = Overview(summary), provenance = $"<sub>{Provenance(summary)}</sub>\n";
        Section[] sections =
        [
            .. summary.Stacks.Where(stack => stack.Losses.Count > 0).Select(Losses),
            .. summary.Findings is { Count: > 0 } findings ? [Findings(findings)] : Array.Empty<Section>(),
            .. summary.Cost is { Lines.Count: > 0 } cost ? [Costs(cost)] : Array.Empty<Section>(),
            .. summary.Stacks.SelectMany(stack => Sections(stack, texts.GetValueOrDefault(stack.Stack, ""))),
        ];
        int length = overview.Length + provenance.Length + sections.Sum(section => section.Note.Length);
        var fitting = new HashSet<Section>(ReferenceEqualityComparer.Instance);
        foreach (Section section in sections.OrderBy(section => section.Rank))
        {
            int longer = section.Text.Length - section.Note.Length;
            if (length + longer > longest)
                continue;
            length += longer;
            fitting.Add(section);
        }

        return overview + string.Concat(sections.Select(section => fitting.Contains(section) ? section.Text : section.Note)) + provenance;
    }

    private static string Overview(PlanSummary summary)
    {
        var page = new StringBuilder($"### {summary.Environment}: {(summary.Changes ? "changes" : "no changes")}\n\n");
        page.Append("| stack | create | update in place | replace | destroy | data at risk | |\n|---|---|---|---|---|---|---|\n");
        foreach (StackSummary stack in summary.Stacks)
        {
            string[] counts = stack.NotPlanned is null
                ? [.. new[] { "create", "update", "replace", "delete" }.Select(action => Count(stack, action)), $"{stack.Losses.Count}"]
                : ["", "", "", "", ""];
            page.Append(CultureInfo.InvariantCulture, $"| {stack.Stack} | {string.Join(" | ", counts)} | {Remark(stack)} |\n");
        }

        page.Append('\n');
        if (summary.Cost is { } cost)
            page.Append(CultureInfo.InvariantCulture, $"**Estimated cost**: {cost}.\n\n");
        if (summary.Findings is { } findings)
            page.Append(CultureInfo.InvariantCulture, $"**Checks**: {Counted(findings)}.\n\n");
        return page.ToString();
    }

    private static string Count(StackSummary stack, string action) =>
        stack.Resources.Count(change => change.Action == action).ToString(CultureInfo.InvariantCulture);

    private static string Remark(StackSummary stack) => stack switch
    {
        { NotPlanned: { } why } => why,
        { Changes: false } => "no changes",
        { Resources.Count: 0 } => "only outputs change",
        _ => "",
    };

    private static IEnumerable<Section> Sections(StackSummary stack, string text)
    {
        for (int at = 0; at < Classes.Length; at++)
        {
            (string title, string[] actions) = Classes[at];
            ResourceChange[] changes = [.. stack.Resources.Where(change => actions.Contains(change.Action))];
            if (changes.Length > 0)
                yield return Folded(FirstClass + at, $"{stack.Stack}: {changes.Length} {title}", Table(changes), open: at < 2);
        }

        if (stack.Changes && text.Length > 0)
            yield return Folded(
                FirstClass + Classes.Length, $"{stack.Stack}: Terraform's plan",
                $"````text\n{text.TrimEnd().ReplaceLineEndings("\n")}\n````\n");
    }

    private static Section Losses(StackSummary stack)
    {
        var lines = new StringBuilder("> [!CAUTION]\n");
        lines.Append(CultureInfo.InvariantCulture, $"> Data of {stack.Stack} is lost:\n");
        foreach (DataLoss loss in stack.Losses)
        {
            string refused = stack.Refused.Contains(loss.Address)
                ? "; **not allowed**, a deployment stops: keep it, or name it in `allowDataLoss` of the environment file"
                : "; allowed";
            lines.Append(CultureInfo.InvariantCulture, $"> - `{loss.Address}`: {loss.What}{refused}\n");
        }

        return new Section(
            LossesRank, lines.Append('\n').ToString(), LeftOut($"{stack.Stack}: data of {stack.Losses.Count} resources is lost"));
    }

    private static string Counted(IReadOnlyList<PlanFinding> findings)
    {
        string[] counts =
        [
            .. from level in new[] { "error", "warning" }
               let count = findings.Count(finding => finding.Level == level)
               where count > 0
               select $"{count} {level}{(count == 1 ? "" : "s")}",
        ];
        return counts.Length == 0 ? "no findings" : string.Join(", ", counts);
    }

    private static Section Findings(IReadOnlyList<PlanFinding> findings)
    {
        var table = new StringBuilder("| level | place | rule | finding |\n|---|---|---|---|\n");
        foreach (PlanFinding finding in findings.OrderBy(finding => finding.Level, StringComparer.Ordinal))
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {finding.Level} | {MarkdownCell.Code(finding.Place)} | `{finding.Rule}` | {MarkdownCell.Code(finding.Text, LongestFinding)} |\n");
        return Folded(FindingsRank, $"checks: {Counted(findings)}", table.ToString());
    }

    private static Section Costs(PlanCost cost)
    {
        var table = new StringBuilder("| resource | before | after | USD a month |\n|---|---|---|---|\n");
        foreach (PlanCostLine line in cost.Lines)
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {line.Stack} `{line.Address}` | {line.Was} | {line.Is} "
                    + $"| {PlanCost.Usd(line.Before)} → {PlanCost.Usd(line.After)} |\n");
        table.Append(CultureInfo.InvariantCulture, $"\nAlways on, with prices of {cost.PriceRegion}.\n");
        string resources = cost.Lines.Count == 1 ? "1 resource" : $"{cost.Lines.Count} resources";
        string title = $"cost: {resources}, {PlanCost.Signed(cost.Difference)} USD a month";
        return Folded(CostsRank, title, table.ToString());
    }

    private static Section Folded(int rank, string title, string content, bool open = false) => new(
        rank, $"<details{(open ? " open" : "")}><summary>{title}</summary>\n\n{content}\n</details>\n\n", LeftOut(title));

    private static string LeftOut(string title) =>
        $"{title}: left out, because a comment is limited in size. The log of the job has all changes.\n\n";

    private static string Table(ResourceChange[] changes)
    {
        var table = new StringBuilder("| | resource | what |\n|---|---|---|\n");
        foreach (ShownChange shown in ShownChange.Of(changes))
            table.Append(CultureInfo.InvariantCulture, $"| {shown.Change.Action} | `{shown.Change.Address}` | {What(shown)} |\n");
        return table.ToString();
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

    private static string Provenance(PlanSummary summary) => string.Join(" · ", new[]
    {
        summary.Commit is { } commit ? $"commit {Commit.Short(commit)}" : null,
        $"account {summary.Account}",
        summary.Region,
        summary.MadeAt.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture),
        summary.ReadOnly ? "planned without refresh" : null,
    }.OfType<string>());

    /// <param name="Rank">The higher, the sooner it is left out.</param>
    /// <param name="Text">The section.</param>
    /// <param name="Note">What is in its place if it is left out.</param>
    private sealed record Section(int Rank, string Text, string Note);
}
