using Infra.Configuration.Derived;
using Infra.Contracts;
using Infra.Operations.AwsClients;
using Infra.Operations.Databases;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Tasks;
using Infra.Operations.Workspace;

namespace Infra.Operations.Releases;

/// <summary>
/// Runs the migration task of a service once, with the new image, before the new version is deployed; before that it takes a snapshot of
/// the databases, if the environment file says so.
/// </summary>
internal sealed class ServiceMigration(
    RunContext context, SessionOptions options, DeploymentSession session, string service, ImageRegistry registry)
{
    // Shorter than the release's lock is held, and than the job of the workflow runs.
    private static readonly TimeSpan SnapshotWithin = TimeSpan.FromMinutes(20);

    private readonly DeploymentSnapshots _snapshots = new(
        context, options, session.Environment, RdsClient.Of(session.Access, session.OnEmulator))
    {
        Databases = MigratedDatabases.Of(session.Environment.Config, service),
        Purpose = SnapshotPurpose.Migration,
        Within = SnapshotWithin,
        Skip = $"set services.{service}.migration.snapshot to false",
    };

    private Reporter Reporter => context.Reporter;

    /// <summary>What happens before the new version is deployed, for a dry run.</summary>
    public string Description => _snapshots.AreNeeded ? "after a snapshot of the database and the migration" : "after the migration";

    /// <summary>Whether runtime's outputs contain a migration of a service.</summary>
    public static bool IsIn(RuntimeOutputs outputs, string service) => outputs.Migrations.ContainsKey(service);

    /// <summary>Runs the migration with an image, and shows the end of its log.</summary>
    /// <returns>False if the service has no migration.</returns>
    /// <exception cref="OperationException">It failed.</exception>
    public async Task<bool> RunAsync(string digest, RuntimeOutputs outputs)
    {
        if (outputs.Migrations.GetValueOrDefault(service) is not { } migration || TaskNetwork.Of(outputs) is not { } place)
            return false;
        string? saved = await SaveAsync();
        Reporter.Step($"{service}: migration");
        string repository = $"{session.Environment.Config.Account}.dkr.ecr.{session.Access.Region}.amazonaws.com/{registry.Repository}";
        var task = new OneOffTask(session.Access, place);
        string revision =
            await task.RegisterAsync(migration.TaskDefinitionArn, migration.Container, $"{repository}@{digest}", context.Stopping);
        // The limit of startedBy is 36 characters: docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
        string name = $"migration-{digest["sha256:".Length..][..24]}";
        TaskResult end = await task.RunAsync(
            revision, migration.Container, session.Environment.Config.Services[service].Migration?.Command, name,
            TimeSpan.FromMinutes(migration.TimeoutMinutes), context.Stopping);
        foreach (string line in end.Log)
            Reporter.Line($"  | {line}");
        if (!end.Succeeded)
        {
            throw OperationException.Failed(
                $"the migration of {service} failed: {end.Describe()}; the release was stopped, the previous version keeps running",
                $"the end of its log is above; the task was {end.Task}\n{(saved is null ? "" : $"{saved}\n")}"
                    + $"fix it and release again: ./infra release {options.AsTyped} {service} …");
        }

        Reporter.Good($"  {service}: the migration ran");
        return true;
    }

    /// <returns>The snapshots that were taken, with the command that restores; null if none are needed.</returns>
    private async Task<string?> SaveAsync()
    {
        if (!_snapshots.AreNeeded)
            return null;
        Reporter.Step($"{service}: snapshot before the migration");
        string taken = await _snapshots.TakeAsync();
        Reporter.Line($"  {taken}");
        return taken;
    }
}
