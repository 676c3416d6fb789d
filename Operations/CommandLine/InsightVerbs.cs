using System.CommandLine;
using Infra.Operations.Insight;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary>Commands that describe an environment from its synthesized stacks: <c>map</c>.</summary>
internal static class InsightVerbs
{
    public static Verb Map(RunContext context)
    {
        var json = new Option<bool>("--json") { Description = "Output as JSON" };
        var file = new Option<string?>("--out", "-o") { Description = "File to write to. Default: standard output", HelpName = "FILE" };
        var verb = new Verb(
            "map",
            "List the resources of an environment with dependencies and AWS names, and the variables and parameters for applications",
            "./infra map --env dev --out map.md               tables in Markdown",
            "./infra map --env dev --json | jq '.resources[].name'")
        {
            json, file,
        };
        return verb.WithAction(parsed => Task.FromResult(
            new MapCommand(context).Run(Options.Read(context, parsed), parsed.GetValue(json), parsed.GetValue(file))));
    }
}
