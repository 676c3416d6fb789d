using System.Globalization;
using System.Text;
using Infra.Operations.Terraform;

namespace Infra.Operations.Drift;

/// <summary>A stack's drift as the text of an issue.</summary>
internal static class DriftMarkdown
{
    private const int WidestValue = 120;

    public static string Write(string environment, StackDrift drift, string? commit)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"### {environment} · {drift.Stack}: {Headline(drift)}").AppendLine();
        Append(page, "Changed outside Terraform", "A deploy puts it back; to keep it, write it into the environment file.", ("was", "is now"), drift.Outside);
        Append(page, "Configured, not applied", "Not drift: a deploy does it.", ("is now", "will be"), drift.Unapplied);
        Append(page, "Changed outside and left alone", "Terraform does not manage these values: releases, scaling, and what AWS writes itself.", ("was", "is now"), drift.Left);
        page.AppendLine(CultureInfo.InvariantCulture, $"<sub>{(commit is null ? "" : $"configuration of commit {Workspace.Commit.Short(commit)} · ")}{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC</sub>");
        return page.ToString();
    }

    /// <summary><c>2 resources changed outside Terraform</c>.</summary>
    public static string Headline(StackDrift drift) => (drift.Outside.Count, drift.Unapplied.Count) switch
    {
        (0, 0) => "no drift",
        (0, var unapplied) => $"no drift; {unapplied} {Resources(unapplied)} not applied yet",
        (var outside, 0) => $"{outside} {Resources(outside)} changed outside Terraform",
        (var outside, var unapplied) => $"{outside} {Resources(outside)} changed outside Terraform, {unapplied} not applied yet",
    };

    private static string Resources(int count) => count == 1 ? "resource" : "resources";

    private static void Append(StringBuilder page, string title, string meaning, (string Before, string After) columns, IReadOnlyList<ResourceChange> changes)
    {
        if (changes.Count == 0)
            return;
        page.AppendLine(CultureInfo.InvariantCulture, $"#### {title}").AppendLine().AppendLine(meaning).AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"| resource | attribute | {columns.Before} | {columns.After} |").AppendLine("|---|---|---|---|");
        foreach (ResourceChange change in changes)
        {
            if (change.Attributes.Count == 0)
                page.AppendLine(CultureInfo.InvariantCulture, $"| `{change.Address}` | {Whole(change.Action)} | | |");
            foreach (AttributeChange attribute in change.Attributes)
                page.AppendLine(CultureInfo.InvariantCulture, $"| `{change.Address}` | `{attribute.Name}` | {Cell(attribute.Before)} | {Cell(attribute.After)} |");
        }

        page.AppendLine();
    }

    /// <summary>An action on all of a resource, as somebody else did it or a deploy would.</summary>
    public static string Whole(string action) => action switch
    {
        "delete" => "deleted",
        "create" => "to be made",
        "replace" => "to be made anew",
        _ => action,
    };

    /// <summary>A value in one cell: no line breaks, nothing that ends the cell, not too wide.</summary>
    private static string Cell(string value)
    {
        string line = value.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Replace('`', '\'');
        return $"`{(line.Length > WidestValue ? line[..WidestValue] + "…" : line)}`";
    }
}
