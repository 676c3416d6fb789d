using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Releases;

internal sealed class StatusVerb() : Verb(
    "status",
    "Show what runs, since when, from which commit",
    "./infra status --env prod",
    "./infra status --env prod --json")
{
    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        StatusCommand.RunAsync(invocation.Context, invocation.Options, invocation.Value(_json));
}
