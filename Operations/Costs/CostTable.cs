using System.Globalization;
using Infra.Insight.Costs;

namespace Infra.Operations.Costs;

/// <summary>An estimate as lines of text that fit the terminal.</summary>
internal static class CostTable
{
    // Of equal resources, such as alarms, one line says how many there are.
    private const int MostEqual = 2;
    private const int Amount = 10;

    /// <param name="estimate">Estimate.</param>
    /// <param name="prices">Its prices.</param>
    /// <param name="name">Environment, for the heading.</param>
    /// <param name="region">Region of the environment.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static IEnumerable<string> Lines(Estimate estimate, PriceList prices, string name, string region, int width)
    {
        yield return $"{name}: US dollars a month, no free tier";
        yield return $"prices of {prices.Region} ({prices.Seen}; {prices.Remembered} not verified)"
            + (region == prices.Region ? "" : $"; {region} may differ");
        (string Stack, Row[] Rows)[] stacks =
            [.. estimate.Lines.GroupBy(line => line.Stack).Select(stack => (stack.Key, Rows(stack).ToArray()))];
        int whats = Widest(stacks.SelectMany(stack => stack.Rows).Select(row => row.What));
        int names = Math.Min(
            Widest(stacks.SelectMany(stack => stack.Rows).Select(row => row.Name)), Math.Max(8, width - whats - (2 * Amount) - 6));
        foreach ((string stack, Row[] rows) in stacks)
        {
            yield return "";
            yield return Line(stack, "", "always on", "scheduled");
            foreach (Row row in rows)
                yield return Line($"  {row.What}", row.Name, Usd(row.AlwaysUsd), Usd(row.ScheduledUsd));
        }

        yield return "";
        yield return Line("total", "", Usd(estimate.AlwaysUsd), Usd(estimate.ScheduledUsd));
        yield return estimate.Hours.Mode is null
            ? "no schedule: always on"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"schedule: {estimate.Hours.PerWeek:0.#} of 168 hours a week; saves {estimate.SavedOnScheduled:P0} of the scheduled "
                    + $"part, {estimate.Saved:P0} of the total");
        yield return "";
        yield return "not counted:";
        foreach (Uncounted item in estimate.NotCounted)
            yield return $"  {item.Count} {item.Type}: {item.Why}";

        string Line(string what, string name, string always, string scheduled) =>
            $"{what.PadRight(whats + 2)}  {Shortened(name, names).PadRight(names)} {always,Amount} {scheduled,Amount}";
    }

    private static IEnumerable<Row> Rows(IEnumerable<CostLine> lines) => lines
        .GroupBy(line => (Type: line.Address.Split('.')[0], line.What))
        .SelectMany(group => group.Count() > MostEqual
            ?
            [
                new Row(
                    group.Key.What, $"{group.Count()} in total", group.Sum(line => line.AlwaysUsd), group.Sum(line => line.ScheduledUsd)),
            ]
            : group.Select(line => new Row(line.What, line.Address[(line.Address.IndexOf('.') + 1)..], line.AlwaysUsd, line.ScheduledUsd)))
        .OrderByDescending(row => row.AlwaysUsd)
        .ThenBy(row => row.What, StringComparer.Ordinal).ThenBy(row => row.Name, StringComparer.Ordinal);

    private static int Widest(IEnumerable<string> texts) => texts.Select(text => text.Length).DefaultIfEmpty().Max();

    private static string Shortened(string text, int width) => text.Length <= width ? text : $"{text[..(width - 1)]}…";

    private static string Usd(decimal usd) => usd.ToString("0.00", CultureInfo.InvariantCulture);

    private sealed record Row(string What, string Name, decimal AlwaysUsd, decimal ScheduledUsd);
}
