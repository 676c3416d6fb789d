using System.Globalization;
using Infra.Configuration;
using Infra.Insight;
using Infra.Insight.Costs;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Costs;

/// <summary>The cost command: estimates the monthly cost of an environment; needs no account.</summary>
internal static class CostCommand
{
    public static ExitCode Run(RunContext context, SessionOptions options, bool json)
    {
        LoadedEnvironment environment = EnvironmentLoader.Load(context, options.Environment);
        string folder = Synthesizer.RunFor(context, environment, "cost");
        PriceList prices = PriceList.Committed;
        Estimate estimate = Estimate.Of(StackJson.ReadAll(folder), prices);
        if (json)
            context.Reporter.Line(ToJson(estimate, prices).ToString(Formatting.Indented));
        else
            foreach (
                string line in Text(estimate, prices, $"{environment.Config.Project} {environment.Config.Name}", environment.Config.Region))
                context.Reporter.Line(line);
        return ExitCode.Ok;
    }

    /// <summary>The estimate as table lines.</summary>
    internal static IEnumerable<string> Text(Estimate estimate, PriceList prices, string name, string region)
    {
        yield return $"{name}: US dollars a month, prices of {prices.Region} ({prices.Seen}; {prices.Remembered} not verified), no free "
            + "tier"
            + (region == prices.Region ? "" : $"; {region} may differ");
        foreach (IGrouping<string, CostLine> stack in estimate.Lines.GroupBy(line => line.Stack))
        {
            yield return "";
            yield return Row(stack.Key, "", "always on", "scheduled");
            foreach (CostLine line in stack.OrderByDescending(line => line.AlwaysUsd).ThenBy(line => line.Address, StringComparer.Ordinal))
                yield return Row("  " + line.Address, line.What, Usd(line.AlwaysUsd), Usd(line.ScheduledUsd));
        }

        yield return "";
        yield return Row("total", "", Usd(estimate.AlwaysUsd), Usd(estimate.ScheduledUsd));
        if (estimate.Hours.Mode is null)
            yield return "no schedule: always on";
        else
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"schedule: {estimate.Hours.PerWeek:0.#} of 168 hours a week; saves {estimate.SavedOnScheduled:P0} of the scheduled "
                    + $"part, {estimate.Saved:P0} of the total");
        yield return "";
        yield return "not counted:";
        foreach (Uncounted item in estimate.NotCounted)
            yield return $"  {item.Count} {item.Type}: {item.Why}";
    }

    private static JObject ToJson(Estimate estimate, PriceList prices) => new()
    {
        ["region"] = prices.Region,
        ["currency"] = "USD",
        ["hoursPerWeek"] = estimate.Hours.PerWeek,
        ["alwaysOn"] = Math.Round(estimate.AlwaysUsd, 2),
        ["scheduled"] = Math.Round(estimate.ScheduledUsd, 2),
        ["savedOnScheduled"] = Math.Round(estimate.SavedOnScheduled, 3),
        ["saved"] = Math.Round(estimate.Saved, 3),
        ["lines"] = new JArray(estimate.Lines.Select(line => new JObject
        {
            ["stack"] = line.Stack,
            ["address"] = line.Address,
            ["what"] = line.What,
            ["alwaysOn"] = Math.Round(line.AlwaysUsd, 2),
            ["scheduled"] = Math.Round(line.ScheduledUsd, 2),
        })),
        ["notCounted"] = new JArray(
            estimate.NotCounted.Select(item => new JObject { ["type"] = item.Type, ["count"] = item.Count, ["why"] = item.Why })),
    };

    private static string Row(string what, string more, string always, string scheduled) =>
        $"{what,-56} {more,-44} {always,10} {scheduled,10}";

    private static string Usd(decimal usd) => usd.ToString("0.00", CultureInfo.InvariantCulture);
}
