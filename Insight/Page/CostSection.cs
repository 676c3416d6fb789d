using System.Xml.Linq;
using Infra.Insight.Costs;
using Infra.Insight.Graph;

namespace Infra.Insight.Page;

/// <summary>The estimate of <c>./infra cost</c>, by kind of resource.</summary>
internal static class CostSection
{
    private static readonly Dictionary<string, string> s_labels = new(StringComparer.Ordinal)
    {
        ["aws_cloudwatch_composite_alarm"] = "CloudWatch composite alarm",
        ["aws_cloudwatch_dashboard"] = "CloudWatch dashboard",
        ["aws_cloudwatch_metric_alarm"] = "CloudWatch alarm",
        ["aws_eip"] = "Public IPv4 address",
        ["aws_kms_key"] = "KMS key",
    };

    public static XElement Of(EnvironmentReport report)
    {
        Estimate estimate = report.Estimate;
        CostGroup[] groups =
        [
            .. estimate.Lines.GroupBy(line => line.Address.Split('.')[0])
                .Select(type => new CostGroup(
                    type.Key, Resources(type), type.Sum(line => line.AlwaysUsd), type.Sum(line => line.ScheduledUsd)))
                .OrderByDescending(group => group.AlwaysUsd).ThenBy(group => group.Type, StringComparer.Ordinal),
        ];
        decimal highest = groups.Select(group => group.AlwaysUsd).DefaultIfEmpty(1).Max();
        bool scheduled = estimate.Hours.Mode is not null;
        return Html.Section(
            "cost",
            "Cost",
            Html.Paragraph(
                $"Prices of {report.Prices.Region}, read in {report.Prices.Seen}, without free tier"
                    + (report.Region == report.Prices.Region ? "." : $"; {report.Region} may differ."),
                scheduled ? " Grey is always on, blue is with the schedule." : null),
            Html.Table(
                "US dollars per month",
                [.. new[] { "resource", "number", "always on" }.Concat(scheduled ? ["with schedule"] : []), "share"],
                groups.Select(group => Row(
                        Label(group.Type), group.Count, group.AlwaysUsd, group.ScheduledUsd,
                        Bars(group.AlwaysUsd / highest, group.ScheduledUsd / highest)))
                    .Append(Row("Total", Resources(estimate.Lines), estimate.AlwaysUsd, estimate.ScheduledUsd, ""))),
            Html.Table(
                "Charged by use, not in the estimate",
                ["resource", "number", "price"],
                estimate.NotCounted.Select(item => new object[] { Label(item.Type), item.Count, item.Why })));

        object[] Row(string name, int count, decimal always, decimal withSchedule, object bars) =>
            scheduled
                ? [name, count, Html.Usd(always), Html.Usd(withSchedule), bars]
                : [name, count, Html.Usd(always), bars];

        object Bars(decimal always, decimal withSchedule) =>
            scheduled
                ? new[] { Html.Bar("always", 0, always), Html.Bar("scheduled", 0, withSchedule) }
                : Html.Bar("scheduled", 0, always);
    }

    // A database is charged for its instance and its storage: two lines.
    private static int Resources(IEnumerable<CostLine> lines) => lines.Select(line => (line.Stack, line.Address)).Distinct().Count();

    private static string Label(string type) => s_labels.GetValueOrDefault(type) ?? DrawnType.Of(type)?.Label ?? type;

    private sealed record CostGroup(string Type, int Count, decimal AlwaysUsd, decimal ScheduledUsd);
}
