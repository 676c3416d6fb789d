using Infra.Operations.Deployment;
using Infra.Operations.Output;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Releases;

/// <summary>The task that a release of a service runs once, with the new image, before the new version serves.</summary>
internal sealed class ServiceMigration(RunContext context, TargetOptions options, Target target, string service, ImageRegistry registry)
{
    private Reporter Reporter => context.Reporter;

    /// <summary>Whether runtime, by its outputs, has one for a service.</summary>
    public static bool IsIn(IReadOnlyDictionary<string, JToken> outputs, string service) => Of(outputs, service) is not null;

    /// <summary>Runs it with an image, and shows the end of its log.</summary>
    /// <returns>False where the service has none.</returns>
    /// <exception cref="OperationException">It did not end with 0.</exception>
    public async Task<bool> RunAsync(string digest, IReadOnlyDictionary<string, JToken> outputs)
    {
        if (Of(outputs, service) is not { } migration || TaskPlace.Of(outputs) is not { } place)
            return false;
        Reporter.Step($"{service}: migration");
        string container = (string)migration["container"]!;
        string repository = $"{target.Environment.Config.Account}.dkr.ecr.{target.Access.Region}.amazonaws.com/{registry.Repository}";
        var task = new OneOffTask(target.Access, place);
        string revision = await task.RegisterAsync((string)migration["task_definition_arn"]!, container, $"{repository}@{digest}", context.Stopping);
        // A task's name holds at most 36 characters: docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RunTask.html
        string name = $"migration-{digest["sha256:".Length..][..24]}";
        TaskEnd end = await task.RunAsync(
            revision, container, target.Environment.Config.Services[service].Migration?.Command, name,
            TimeSpan.FromMinutes((int?)migration["timeout_minutes"] ?? 15), context.Stopping);
        foreach (string line in end.Log)
            Reporter.Line($"  | {line}");
        if (!end.WentWell)
        {
            throw OperationException.Failed(
                $"the migration of {service} failed: {end.Describe()}; the release stops here, what ran before goes on running",
                $"the end of its log is above; the task was {end.Task}\nmend it and release again: ./infra release {options.AsTyped} {service} …");
        }

        Reporter.Good($"  {service}: the migration ran");
        return true;
    }

    private static JToken? Of(IReadOnlyDictionary<string, JToken> outputs, string service) => outputs.GetValueOrDefault("migrations")?[service];
}
