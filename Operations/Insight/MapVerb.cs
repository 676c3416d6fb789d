using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Insight;

internal sealed class MapVerb() : Verb(
    "map",
    "List the resources of an environment with dependencies and AWS names, and the variables and parameters for applications",
    "./infra map --env dev --out map.md               tables in Markdown",
    "./infra map --env dev --json | jq '.resources[].name'")
{
    private readonly JsonOption _json = new();

    private readonly Option<string?> _file = new("--out", "-o")
    {
        Description = "File to write to. Default: standard output",
        HelpName = "FILE",
    };

    public override IReadOnlyList<Option> AppliedOptions => [SharedOptions.Environment, SharedOptions.Emulator];

    protected override Task<ExitCode> RunAsync(Invocation invocation) => Task.FromResult(
        new MapCommand(invocation.Context).Run(invocation.Options, invocation.Value(_json), invocation.Value(_file)));
}
