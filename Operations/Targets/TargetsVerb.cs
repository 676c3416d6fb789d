using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Targets;

internal sealed class TargetsVerb() : Verb(
    "targets",
    "Compute availability, deployment, wake and recovery times of an environment, as Markdown; needs no account",
    "./infra targets --env prod",
    "./infra targets --env examples/durable-code/dev.json")
{
    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfFiles;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        Task.FromResult(TargetsCommand.Run(invocation.Context, invocation.Options));
}
