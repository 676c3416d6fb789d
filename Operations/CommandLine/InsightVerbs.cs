using System.CommandLine;
using Infra.Operations.Insight;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary>Verbs that tell what an environment is, from what is synthesized of it: <c>map</c>.</summary>
internal static class InsightVerbs
{
    public static Verb Map(RunContext context)
    {
        var json = new Option<bool>("--json") { Description = "As JSON, for a program" };
        var file = new Option<string?>("--out", "-o") { Description = "File to write to. Default: standard output", HelpName = "FILE" };
        var verb = new Verb(
            "map",
            "The resources of an environment, what each stands on and what AWS calls it; variables and parameters that applications find",
            "./infra map --env dev --out map.md               tables in Markdown",
            "./infra map --env dev --json | jq '.resources[].name'")
        {
            json, file,
        };
        return verb.Does(parsed => Task.FromResult(
            new MapCommand(context).Run(Options.Read(parsed), parsed.GetValue(json), parsed.GetValue(file))));
    }
}
