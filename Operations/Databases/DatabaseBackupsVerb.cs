using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Databases;

internal sealed class DatabaseBackupsVerb() : Verb(
    "backups",
    "List the latest restorable time and the snapshots of a database",
    "./infra database backups --env dev")
{
    private readonly DatabaseOption _database = new();

    private readonly JsonOption _json = new();

    public override IReadOnlyList<Option> AppliedOptions => SharedOptions.OfAccount;

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new DatabaseRestoreCommand(invocation.ContextOf(_json), invocation.Options).BackupsAsync(invocation.Value(_database));
}
