using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Costs;

internal sealed class CostVerb() : Verb(
    "cost",
    "Estimate the monthly cost of an environment, always on and with its schedule; needs no account",
    "./infra cost --env dev",
    "./infra cost --env examples/durable-code/dev.json --json")
{
    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfFiles;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        Task.FromResult(CostCommand.Run(invocation.Context, invocation.Options, invocation.Value(_json)));
}
