using System.CommandLine;
using Infra.Operations.Costs;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>cost</c>.</summary>
internal static class CostVerbs
{
    public static Verb Create(RunContext context)
    {
        var json = new Option<bool>("--json") { Description = "Output as JSON" };
        var verb = new Verb(
            "cost",
            "Estimate the monthly cost of an environment, always on and with its schedule; needs no account",
            "./infra cost --env dev",
            "./infra cost --env examples/durable-code/dev.json --json")
        {
            json,
        };
        return verb.WithAction(parsed => Task.FromResult(CostCommand.Run(context, Options.Read(context, parsed), parsed.GetValue(json))));
    }
}
