using System.CommandLine;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Verbs;

namespace Infra.Operations.Databases;

internal sealed class DatabaseRestoreVerb() : Verb(
    "restore",
    "Restore into the environment's database; the instance in use is kept under another name",
    "./infra database restore --env dev --restore-time 2026-11-20T09:55:00Z --dry-run     the steps",
    "./infra database restore --env dev --snapshot rds:tap-poc-db-2026-11-20-03-10")
{
    private readonly DatabaseOption _database = new();

    private readonly Option<string?> _snapshot = new("--snapshot")
    {
        Description = "Restore this DB snapshot: identifier or ARN; also that of an AWS Backup recovery point",
        HelpName = "ID",
    };

    private readonly Option<string?> _time = new("--restore-time")
    {
        Description = "Restore to this point in time, in UTC: 2026-11-20T09:55:00Z",
        HelpName = "TIME",
    };

    private readonly Option<bool> _latest = new("--latest")
    {
        Description = "Restore to the latest restorable time, about five minutes ago",
    };

    private readonly AllowDataLossOption _allowDataLoss = new();

    protected override Task<ExitCode> RunAsync(Invocation invocation) =>
        new DatabaseRestoreCommand(invocation.Context, invocation.Options)
        {
            AllowDataLoss = invocation.Value(_allowDataLoss),
        }.RunAsync(
            invocation.Value(_database),
            RestoreSource.Parse(
                invocation.Value(_snapshot), invocation.Value(_time), invocation.Value(_latest), DateTimeOffset.UtcNow));
}
