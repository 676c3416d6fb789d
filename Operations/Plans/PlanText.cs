using Infra.Operations.Output;
using Infra.Operations.Terraform;

namespace Infra.Operations.Plans;

/// <summary>Shows a stack's plan as text, on a terminal or in a log.</summary>
/// <param name="full">Whether to list each creation and whole values.</param>
/// <param name="width">Columns of a line.</param>
internal sealed class PlanText(bool full, int width)
{
    /// <summary>Columns of a log, in which a line can have any length, but has to stay readable.</summary>
    public const int LogWidth = 200;

    // A first deployment creates a hundred resources.
    private const int CreationsListed = 15;

    private const int Context = 20;

    /// <summary>Writes the plan with the colours of its actions.</summary>
    /// <param name="reporter">Shows it.</param>
    /// <param name="stack">Stack.</param>
    /// <param name="contents">The plan.</param>
    /// <param name="counts">Number of changes, as Terraform counts them.</param>
    /// <param name="full">Whether to list each creation and whole values.</param>
    public static void Write(Reporter reporter, string stack, PlanContents contents, ChangeCounts counts, bool full)
    {
        var text = new PlanText(full, Math.Min(reporter.Width, LogWidth));
        foreach (ResourceChange drift in StackDrift.Of(stack, contents).Outside)
            foreach (string line in text.Outside(drift))
                reporter.Warn(line);
        foreach ((string action, string line) in text.Lines(contents.Changes))
            (action switch
            {
                "create" => reporter.Good,
                "update" => reporter.Warn,
                "replace" or "delete" => reporter.Error,
                _ => (Action<string>)reporter.Line,
            })(line);
        foreach (DataLoss loss in DataLoss.Of(contents.Changes))
        {
            reporter.Error($"  ! {loss}");
            if (loss.Moved is { } moved)
                reporter.Line($"      if it was only renamed: {moved.ReplaceLineEndings("\n      ")}");
        }

        reporter.Line(Summary(contents.Changes, counts));
    }

    /// <summary>Lines of the changes, each with the action that its colour shows; empty for none.</summary>
    public IEnumerable<(string Action, string Line)> Lines(IReadOnlyList<ResourceChange> changes)
    {
        bool fold = !full && changes.Count(change => change.Action == "create") > CreationsListed;
        if (fold)
            foreach (IGrouping<string, ResourceChange> type in changes.Where(change => change.Action == "create")
                .GroupBy(change => change.Type).OrderBy(type => type.Key, StringComparer.Ordinal))
                yield return ("create", $"  + {type.Count(),3} {type.Key}");
        if (fold)
            yield return ("", "    --full lists each of them");
        foreach (ShownChange shown in ShownChange.Of(changes.Where(change => !fold || change.Action != "create"), full))
            foreach ((string, string) line in Lines(shown))
                yield return line;
    }

    private static string Summary(IReadOnlyList<ResourceChange> changes, ChangeCounts counts)
    {
        int moved = changes.Count(change => change.PreviousAddress is not null);
        int imported = changes.Count(change => change.ImportId is not null);
        string others = (imported > 0 ? $", {imported} to import" : "") + (moved > 0 ? $", {moved} moved" : "");
        ChangeRisk risk = ChangeRisks.Of(changes);
        return counts.Total == 0 && others.Length == 0
            ? "  only outputs change"
            : $"  {counts.Add} to add, {counts.Change} to change, {counts.Remove} to destroy{others}"
                + (risk == ChangeRisk.Safe ? "" : $"; {risk.ToString().ToLowerInvariant()}");
    }

    private IEnumerable<string> Outside(ResourceChange drift)
    {
        yield return $"  changed outside Terraform: {drift.Address}{(drift.Action == "delete" ? " (deleted)" : "")}";
        foreach (AttributeChange attribute in drift.Attributes)
            foreach (string line in Lines("!", attribute))
                yield return line;
    }

    private IEnumerable<(string Action, string Line)> Lines(ShownChange shown)
    {
        string action = shown.Change.Action, header = $"  {shown.Sign} {shown.Change.Address}";
        bool fits = header.Length + shown.Note.Length + 3 <= width;
        yield return (action, fits && shown.Note.Length > 0 ? $"{header} ({shown.Note})" : header);
        if (!fits && shown.Note.Length > 0)
            yield return (action, $"      {shown.Note}");
        foreach (AttributeChange attribute in shown.Attributes)
        {
            string sign = (attribute.Before, attribute.After) switch
            {
                (PlanContents.Nothing, _) => "+",
                (_, PlanContents.Nothing) => "-",
                _ => "~",
            };
            foreach (string line in Lines(sign, attribute))
                yield return (attribute.ForcesReplacement ? action : "", line);
        }

        if (shown.Omitted > 0)
            yield return ("", $"      {shown.Omitted} more {(shown.Omitted == 1 ? "attribute is" : "attributes are")} known after apply");
    }

    /// <summary>An attribute in one line, or, if that does not fit, its old and its new value in a line of their own.</summary>
    private IEnumerable<string> Lines(string sign, AttributeChange attribute)
    {
        string before = OneLine(attribute.Before), after = OneLine(attribute.After);
        string forces = attribute.ForcesReplacement ? " (forces replacement)" : "";
        string line = $"      {sign} {attribute.Path}: {before} -> {after}{forces}";
        if (line.Length <= width)
            return [line];
        const string Indent = "          ";
        int room = width - Indent.Length - 3;
        int same = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        return
        [
            $"      {sign} {attribute.Path}:{forces}",
            $"{Indent}{Part(before, same, room)} ->",
            $"{Indent}{Part(after, same, room)}",
        ];
    }

    /// <summary>The part of a value that has the first difference.</summary>
    private string Part(string value, int difference, int room)
    {
        if (full || value.Length <= room)
            return value;
        int start = Math.Clamp(difference - Context, 0, Math.Max(0, value.Length - room + 2));
        string rest = value[start..];
        return (start > 0 ? "…" : "") + (rest.Length > room - 2 ? rest[..(room - 2)] + "…" : rest);
    }

    private static string OneLine(string value) => value.ReplaceLineEndings("\\n");
}
