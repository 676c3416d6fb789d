using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Layers;

internal sealed class LayerListVerb() : Verb(
    "list",
    "List the versions, and which one is in use",
    "./infra layer list flask-layer --env prod")
{
    private readonly LayerArgument _name = new();

    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        LayerCommand command = await LayerCommand.OpenAsync(invocation.ContextOf(_json), invocation.Options, invocation.Value(_name));
        return await command.ListAsync();
    }
}
