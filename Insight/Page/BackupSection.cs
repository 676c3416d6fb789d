using System.Xml.Linq;
using Infra.Insight.Overview;

namespace Infra.Insight.Page;

/// <summary>Backups and point-in-time recovery.</summary>
internal static class BackupSection
{
    public static XElement Of(EnvironmentReport report) => Html.Section(
        "backups",
        "Backups",
        Html.Table(
            "Recovery of data",
            ["name", "kind", "recovery", "protection against deletion"],
            report.Protection.Select(data => new object[] { data.Name, data.Kind, data.Recovery, data.Deletion })),
        Html.Table(
            "Plans of AWS Backup",
            ["plan", "schedule", "vault", "retention", "copies", "lock of the vault", "resources"],
            report.Backups.Select(rule => new object[]
            {
                rule.Plan, rule.Schedule, rule.Vault, BackupRule.Days(rule.RetentionDays),
                rule.Copies.Count == 0 ? "none" : Html.List(rule.Copies), rule.Lock ?? "none", Html.List(rule.Selection),
            })));
}
