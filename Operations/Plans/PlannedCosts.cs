using Infra.Contracts;
using Infra.Insight;
using Infra.Insight.Costs;
using Infra.Operations.Terraform;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Plans;

/// <summary>
/// Estimates what planned stacks cost before and after: puts the values of the state, and the planned ones, in the form of a synthesized
/// stack, of which <see cref="Estimate"/> knows the cost.
/// </summary>
internal static class PlannedCosts
{
    private const string Service = "aws_ecs_service", Task = "aws_ecs_task_definition";

    /// <param name="synthesized">All stacks of the environment.</param>
    /// <param name="planned">Planned stacks, by name: their plans, null for one without changes.</param>
    /// <param name="notPlanned">Why stacks could not be planned, by name.</param>
    /// <param name="prices">Prices.</param>
    public static PlanCost Of(
        IReadOnlyList<StackJson> synthesized, IReadOnlyDictionary<string, PlanContents?> planned,
        IReadOnlyDictionary<string, string> notPlanned, PriceList prices)
    {
        var notIncluded = new List<string>();
        Estimate before = EstimateOf(after: false), after = EstimateOf(after: true);
        if (planned.ContainsKey(StackNames.Bootstrap))
            notIncluded.Add($"{StackNames.Bootstrap}, as in ./infra cost");
        notIncluded.AddRange(notPlanned.Select(stack => $"{stack.Key}, which {stack.Value}"));
        notIncluded.AddRange(before.NotCounted.Concat(after.NotCounted).Where(item => item.LacksPrice).Select(item => item.Why));
        return new PlanCost
        {
            Before = Math.Round(before.AlwaysUsd, 2),
            After = Math.Round(after.AlwaysUsd, 2),
            ScheduledBefore = Math.Round(before.ScheduledUsd, 2),
            ScheduledAfter = Math.Round(after.ScheduledUsd, 2),
            PriceRegion = prices.Region,
            Lines = [.. Differences(before, after).OrderByDescending(line => Math.Abs(line.After - line.Before))
                .ThenBy(line => line.Address, StringComparer.Ordinal)],
            NotIncluded = [.. notIncluded.Distinct(StringComparer.Ordinal)],
        };

        // The schedule of runtime is in base, which may not be planned.
        Estimate EstimateOf(bool after)
        {
            StackJson[] stacks = [.. synthesized.Select(stack => planned.GetValueOrDefault(stack.Name) is { } plan
                ? Stack(stack, after ? plan.After : plan.Before, notIncluded)
                : stack)];
            Estimate all = Estimate.Of(stacks, prices);
            return all with { Lines = [.. all.Lines.Where(line => planned.ContainsKey(line.Stack))] };
        }
    }

    private static IEnumerable<PlanCostLine> Differences(Estimate before, Estimate after)
    {
        ILookup<(string, string), CostLine> old = ByResource(before), now = ByResource(after);
        return from key in old.Concat(now).Select(lines => lines.Key).Distinct()
               let was = old[key].Sum(line => line.AlwaysUsd)
               let will = now[key].Sum(line => line.AlwaysUsd)
               where was != will
               select new PlanCostLine(
                   key.Item1, key.Item2, What(old[key]), What(now[key]), Math.Round(was, 2), Math.Round(will, 2));

        static ILookup<(string, string), CostLine> ByResource(Estimate estimate) =>
            estimate.Lines.ToLookup(line => (line.Stack, line.Address));

        static string? What(IEnumerable<CostLine> lines) =>
            string.Join(", ", lines.Select(line => line.What)) is { Length: > 0 } what ? what : null;
    }

    private static StackJson Stack(StackJson synthesized, IReadOnlyList<ResourceValues> values, List<string> notIncluded)
    {
        var resources = new JObject();
        foreach (ResourceValues resource in values)
        {
            var arguments = (JObject)resource.Values.DeepClone();
            // What is only known after apply is an expression in the synthesized stack, whose form says how much it costs.
            foreach (string attribute in resource.Unknown)
                if (synthesized.Find(resource.Address)?.Arguments[attribute] is { } expression)
                    arguments[attribute] = expression.DeepClone();
            if (resource.Type == Service && TaskOf(arguments, values) is { } task)
                arguments["task_definition"] = $"${{{task.Address}.arn}}";
            else if (resource.Type == Service && Reference.In(arguments["task_definition"] ?? "").FirstOrDefault() is null)
                notIncluded.Add($"{resource.Address}, because the size of its tasks is not in the state");
            if (resources[resource.Type] is not JObject type)
                resources[resource.Type] = type = [];
            type[resource.Address[(resource.Address.IndexOf('.') + 1)..]] = arguments;
        }

        return new StackJson(synthesized.Name, new JObject { ["resource"] = resources, ["output"] = synthesized.Json["output"] });
    }

    // The state has the ARN of a revision: arn:aws:ecs:us-east-2:111111111111:task-definition/FAMILY:REVISION
    private static ResourceValues? TaskOf(JObject service, IReadOnlyList<ResourceValues> values)
    {
        if ((string?)service["task_definition"] is not { } arn || arn.Split('/', ':') is not [.., var family, _])
            return null;
        return values.FirstOrDefault(each => each.Type == Task && (string?)each.Values["arn"] == arn)
            ?? values.FirstOrDefault(each => each.Type == Task && (string?)each.Values["family"] == family);
    }
}
