using System.Globalization;
using Constructs;
using HashiCorp.Cdktf.Providers.Aws.EcsTaskDefinition;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Containers;

/// <summary>A Fargate task definition: size, roles and containers.</summary>
internal sealed class TaskDefinition : Construct
{
    public TaskDefinition(Construct scope, string id, TaskDefinitionProps props) : base(scope, id) =>
        Arn = new EcsTaskDefinition(this, "task", new EcsTaskDefinitionConfig
        {
            Family = props.Family,
            RequiresCompatibilities = ["FARGATE"],
            NetworkMode = "awsvpc",
            Cpu = props.Size.Cpu.ToString(CultureInfo.InvariantCulture),
            Memory = props.Size.MemoryMiB.ToString(CultureInfo.InvariantCulture),
            RuntimePlatform = new EcsTaskDefinitionRuntimePlatform
            {
                OperatingSystemFamily = "LINUX",
                CpuArchitecture = props.Size.Architecture.ToUpperInvariant(),
            },
            ExecutionRoleArn = props.ExecutionRoleArn,
            TaskRoleArn = props.TaskRoleArn,
            Volume = Volumes(props.Containers),
            ContainerDefinitions = ContainerDefinition.ToJson(props.Containers),
            // Earlier revisions stay active: a service cannot be updated to an inactive revision, so the circuit breaker could not roll back,
            // and runs of schedules that still use one would fail. They are free of charge.
            // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
            SkipDestroy = true,
        }).Named(props.LogicalId).Arn;

    /// <summary>ARN with the revision.</summary>
    public string Arn { get; }

    private static EcsTaskDefinitionVolume[]? Volumes(IEnumerable<ContainerDefinition> containers) =>
        containers.SelectMany(container => container.Volumes).Select(volume => new EcsTaskDefinitionVolume { Name = volume }).ToArray() is { Length: > 0 } volumes
            ? volumes
            : null;
}

/// <param name="LogicalId">Its logical id.</param>
/// <param name="Family">Name that its revisions share.</param>
/// <param name="Size">CPU, memory and architecture.</param>
/// <param name="ExecutionRoleArn">Role with which ECS starts the task.</param>
/// <param name="TaskRoleArn">Role of its containers.</param>
/// <param name="Containers">Its containers, the main one first.</param>
internal sealed record TaskDefinitionProps(
    string LogicalId,
    string Family,
    TaskSize Size,
    string ExecutionRoleArn,
    string TaskRoleArn,
    IReadOnlyList<ContainerDefinition> Containers);

/// <summary>Size of a Fargate task.</summary>
/// <param name="Cpu">CPU units; 1024 are one vCPU.</param>
/// <param name="MemoryMiB">Memory in MiB.</param>
/// <param name="Architecture">x86_64 or arm64.</param>
internal sealed record TaskSize(int Cpu, int MemoryMiB, string Architecture);
