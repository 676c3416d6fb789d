using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Releases;

internal sealed class RollbackVerb() : Verb(
    "rollback",
    "Release an earlier image again; the database is not changed",
    "./infra rollback backend --env prod",
    "./infra rollback backend --env prod --to 7")
{
    private readonly ServiceArgument _service = new();

    private readonly Option<long?> _to = new("--to")
    {
        Description = "Version in the ledger. Default: the previous successful release",
        HelpName = "N",
    };

    protected override async Task<ExitCode> RunAsync(Invocation invocation)
    {
        using ReleaseCommand command =
            await ReleaseCommand.OpenAsync(invocation.Context, invocation.Options, invocation.Value(_service), Name);
        return await command.RollBackAsync(invocation.Value(_to));
    }
}
