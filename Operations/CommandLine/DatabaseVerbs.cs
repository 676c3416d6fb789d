using System.CommandLine;
using Infra.Operations.Databases;
using Infra.Operations.Workspace;

namespace Infra.Operations.CommandLine;

/// <summary><c>database backups|restore|delete-previous</c>.</summary>
internal static class DatabaseVerbs
{
    public static Verb Create(RunContext context) => new(
        "database",
        "Restore a database from a snapshot or to a point in time, and import it into Terraform's state",
        "./infra database backups --env dev",
        "./infra database restore --env dev --latest")
    {
        Backups(context), Restore(context), DeletePrevious(context),
    };

    private static Verb Backups(RunContext context)
    {
        Option<string?> database = Database();
        return new Verb("backups", "List the latest restorable time and the snapshots of a database", "./infra database backups --env dev")
        {
            database,
        }.WithAction(parsed => new DatabaseRestoreCommand(context, Options.Read(context, parsed)).BackupsAsync(parsed.GetValue(database)));
    }

    private static Verb Restore(RunContext context)
    {
        Option<string?> database = Database();
        var snapshot =
            new Option<string?>("--snapshot")
            {
                Description =
                "Restore this DB snapshot: identifier or ARN; also that of an AWS Backup recovery point",
                HelpName = "ID"
            };
        var time = new Option<string?>(
            "--restore-time")
        { Description = "Restore to this point in time, in UTC: 2026-11-20T09:55:00Z", HelpName = "TIME" };
        var latest = new Option<bool>("--latest") { Description = "Restore to the latest restorable time, about five minutes ago" };
        return new Verb(
            "restore",
            "Restore into the environment's database; the instance in use is kept under another name",
            "./infra database restore --env dev --restore-time 2026-11-20T09:55:00Z --dry-run     the steps",
            "./infra database restore --env dev --snapshot rds:tap-poc-db-2026-11-20-03-10")
        {
            database, snapshot, time, latest,
        }.WithAction(parsed => new DatabaseRestoreCommand(context, Options.Read(context, parsed)).RunAsync(
            parsed.GetValue(database),
            RestoreSource.Parse(parsed.GetValue(snapshot), parsed.GetValue(time), parsed.GetValue(latest), DateTimeOffset.UtcNow)));
    }

    private static Verb DeletePrevious(RunContext context)
    {
        Option<string?> database = Database();
        return new Verb(
            "delete-previous",
            "Delete the instance that a restore has replaced, after a final snapshot unless the environment is disposable",
            "./infra database delete-previous --env dev")
        {
            database,
        }.WithAction(
            parsed => new DatabaseRestoreCommand(context, Options.Read(context, parsed)).DeletePreviousAsync(parsed.GetValue(database)));
    }

    private static Option<string?> Database() =>
        new("--database") { Description = "Database: its name in databases, or its identifier. Default: the only one", HelpName = "NAME" };
}
