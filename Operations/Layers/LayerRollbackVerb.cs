using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Layers;

internal sealed class LayerRollbackVerb() : Verb(
    "rollback",
    "Use an earlier version again",
    "./infra layer rollback flask-layer --env prod            the previously used one",
    "./infra layer rollback flask-layer --to 7 --env prod")
{
    private readonly LayerArgument _name = new();

    private readonly Option<long?> _to = new("--to")
    {
        Description = "Version to use. Default: the previously used one",
        HelpName = "VERSION",
    };

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfChanges;

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        LayerCommand command = await LayerCommand.OpenAsync(invocation.Context, invocation.Options, invocation.Value(_name));
        return await command.RollBackAsync(invocation.Value(_to));
    }
}
