using Infra.Contracts;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Tasks;
using Infra.Operations.Workspace;

namespace Infra.Operations.Releases;

/// <summary>The task that a release of a service runs once, with the new image, before the new version serves.</summary>
internal sealed class ServiceMigration(RunContext context, SessionOptions options, DeploymentSession target, string service, ImageRegistry registry)
{
    private Reporter Reporter => context.Reporter;

    /// <summary>Whether runtime, by its outputs, has one for a service.</summary>
    public static bool IsIn(RuntimeOutputs outputs, string service) => outputs.Migrations.ContainsKey(service);

    /// <summary>Runs it with an image, and shows the end of its log.</summary>
    /// <returns>False where the service has none.</returns>
    /// <exception cref="OperationException">It did not end with 0.</exception>
    public async Task<bool> RunAsync(string digest, RuntimeOutputs outputs)
    {
        if (outputs.Migrations.GetValueOrDefault(service) is not { } migration || TaskNetwork.Of(outputs) is not { } place)
            return false;
        Reporter.Step($"{service}: migration");
        string repository = $"{target.Environment.Config.Account}.dkr.ecr.{target.Access.Region}.amazonaws.com/{registry.Repository}";
        var task = new OneOffTask(target.Access, place);
        string revision = await task.RegisterAsync(migration.TaskDefinitionArn, migration.Container, $"{repository}@{digest}", context.Stopping);
        // A task's name holds at most 36 characters: docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
        string name = $"migration-{digest["sha256:".Length..][..24]}";
        TaskResult end = await task.RunAsync(
            revision, migration.Container, target.Environment.Config.Services[service].Migration?.Command, name,
            TimeSpan.FromMinutes(migration.TimeoutMinutes), context.Stopping);
        foreach (string line in end.Log)
            Reporter.Line($"  | {line}");
        if (!end.Succeeded)
        {
            throw OperationException.Failed(
                $"the migration of {service} failed: {end.Describe()}; the release stops here, what ran before goes on running",
                $"the end of its log is above; the task was {end.Task}\nfix it and release again: ./infra release {options.AsTyped} {service} …");
        }

        Reporter.Good($"  {service}: the migration ran");
        return true;
    }
}
