using System.Globalization;
using System.Text;
using Infra.Operations.Plans;
using Infra.Operations.Terraform;

namespace Infra.Operations.Drift;

/// <summary>Writes a stack's drift as the Markdown text of an issue.</summary>
internal static class DriftMarkdown
{
    public static string Write(string environment, StackDrift drift, string? commit)
    {
        var page = new StringBuilder();
        page.AppendLine(CultureInfo.InvariantCulture, $"### {environment} · {drift.Stack}: {Headline(drift)}").AppendLine();
        Append(page, "Changed outside Terraform", "A deployment reverts it; to keep it, add it to the environment file.", ("was", "is now"),
            drift.Outside);
        Append(page, "Configured, not applied", "Not drift: the next deployment applies it.", ("is now", "will be"), drift.Unapplied);
        Append(page, "Changed outside and ignored", "Terraform does not manage these values: releases, scaling, and values that AWS sets.",
            ("was", "is now"), drift.Left);
        page.AppendLine(
            CultureInfo.InvariantCulture,
            $"<sub>{(commit is null ? "" : $"configuration of commit {Workspace.Commit.Short(commit)} · ")}{DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC</sub>");
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

    private static void Append(
        StringBuilder page, string title, string meaning, (string Before, string After) columns, IReadOnlyList<ResourceChange> changes)
    {
        if (changes.Count == 0)
            return;
        page.AppendLine(CultureInfo.InvariantCulture, $"#### {title}").AppendLine().AppendLine(meaning).AppendLine();
        page.AppendLine(CultureInfo.InvariantCulture, $"| resource | attribute | {columns.Before} | {columns.After} |")
            .AppendLine("|---|---|---|---|");
        foreach (ResourceChange change in changes)
        {
            if (change.Attributes.Count == 0)
                page.AppendLine(CultureInfo.InvariantCulture, $"| `{change.Address}` | {Whole(change.Action)} | | |");
            foreach (AttributeChange attribute in change.Attributes)
                page.AppendLine(CultureInfo.InvariantCulture,
                    $"| `{change.Address}` | {MarkdownCell.Code(attribute.Path)} | {MarkdownCell.Code(attribute.Before)} | {MarkdownCell.Code(attribute.After)} |");
        }

        page.AppendLine();
    }

    /// <summary>An action on a whole resource, done outside Terraform or planned.</summary>
    public static string Whole(string action) => action switch
    {
        "delete" => "deleted",
        "create" => "will be created",
        "replace" => "will be recreated",
        "move" => "will be moved",
        "import" => "will be imported",
        _ => action,
    };
}
