using System.Text.RegularExpressions;
using Infra.Operations.Aws;
using Infra.Operations.Terraform;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Releases;

/// <summary>An ECS service of runtime, and the task definition that Terraform has applied for it.</summary>
/// <param name="Name">Name of the service in the environment file, which is also the name of its container.</param>
/// <param name="EcsName">Name of the ECS service.</param>
/// <param name="TaskDefinition">ARN of the task definition that was applied; null if the state has none.</param>
internal sealed partial record DeployedService(string Name, string EcsName, string? TaskDefinition)
{
    private const string ServiceType = "aws_ecs_service";

    private const string DefinitionType = "aws_ecs_task_definition";

    /// <summary>The services of the synthesized runtime, with the applied task definitions from the state.</summary>
    /// <remarks>
    /// The task definition is read from its own resource, not from the service's: after a rollback by the circuit breaker the provider
    /// writes the revision that ECS rolled back to into the service's state.
    /// </remarks>
    public static async Task<IReadOnlyList<DeployedService>> OfAsync(StackFolder runtime, StateBucket state, CancellationToken cancellation)
    {
        if (runtime.Json.SelectToken($"resource.{ServiceType}") is not JObject { Count: > 0 } services)
            return [];
        return Of(services, await state.AttributesAsync(runtime.StateKey, DefinitionType, cancellation));
    }

    /// <summary>Whether a task definition is a later revision than the applied one, because another run has deployed since.</summary>
    public bool IsSupersededBy(string taskDefinition) =>
        TaskDefinition is { } applied
            && RevisionForm().Match(applied) is { Success: true } before
            && RevisionForm().Match(taskDefinition) is { Success: true } now
        && before.Groups["family"].Value == now.Groups["family"].Value
        && Number(now) > Number(before);

    internal static IReadOnlyList<DeployedService> Of(JObject services, IReadOnlyDictionary<string, JObject> definitions) =>
    [
        .. from service in services.Properties()
           let reference = ReferenceForm().Match((string?)service.Value["task_definition"] ?? "")
           let definition = reference.Success ? definitions.GetValueOrDefault(reference.Groups["address"].Value) : null
           orderby service.Name
           select new DeployedService(service.Name, (string)service.Value["name"]!, (string?)definition?["arn"]),
    ];

    private static long Number(Match revision) =>
        long.Parse(revision.Groups["revision"].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\$\{(?<address>aws_ecs_task_definition\.[^.}]+)\.arn\}$")]
    private static partial Regex ReferenceForm();

    [GeneratedRegex(@":task-definition/(?<family>[^:]+):(?<revision>[0-9]+)$")]
    private static partial Regex RevisionForm();
}
