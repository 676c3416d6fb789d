using Infra.Operations.Output;
using Infra.Operations.Verbs;

namespace Infra.Operations.Databases;

internal sealed class DatabaseDeletePreviousVerb() : Verb(
    "delete-previous",
    "Delete the instance that a restore has replaced, after a final snapshot unless the environment is disposable",
    "./infra database delete-previous --env dev")
{
    private readonly DatabaseOption _database = new();

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new DatabaseRestoreCommand(invocation.Context, invocation.Options).DeletePreviousAsync(invocation.Value(_database));
}
