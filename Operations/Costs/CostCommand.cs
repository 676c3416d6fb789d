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
            foreach (string line in CostTable.Lines(
                estimate, prices, $"{environment.Config.Project} {environment.Config.Name}", environment.Config.Region,
                context.Reporter.Width))
                context.Reporter.Line(line);
        return ExitCode.Ok;
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
}
