using System.Globalization;
using Constructs;
using HashiCorp.Cdktf.Providers.Aws.EcsTaskDefinition;
using Infra.Configuration.Model;
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
                CpuArchitecture = props.Size.Architecture.Text().ToUpperInvariant(),
            },
            ExecutionRoleArn = props.ExecutionRoleArn,
            TaskRoleArn = props.TaskRoleArn,
            Volume = Volumes(props.Containers),
            ContainerDefinitions = ContainerDefinition.ToJson(props.Containers),
            // Earlier revisions stay active: a service cannot be updated to an inactive revision, so the circuit breaker could not roll
            // back, and runs of schedules that still use one would fail. They are free of charge.
            // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
            SkipDestroy = true,
        }).Named(props.LogicalId).Arn;

    /// <summary>ARN with the revision.</summary>
    public string Arn { get; }

    private static EcsTaskDefinitionVolume[]? Volumes(IEnumerable<ContainerDefinition> containers) =>
        containers.SelectMany(container => container.Volumes).Select(volume => new EcsTaskDefinitionVolume { Name = volume })
            .ToArray() is { Length: > 0 } volumes
            ? volumes
            : null;
}

internal sealed record TaskDefinitionProps
{
    /// <summary>Its logical id.</summary>
    public required string LogicalId { get; init; }

    /// <summary>Name that its revisions share.</summary>
    public required string Family { get; init; }

    /// <summary>CPU, memory and architecture.</summary>
    public required TaskSize Size { get; init; }

    /// <summary>Role with which ECS starts the task.</summary>
    public required string ExecutionRoleArn { get; init; }

    /// <summary>Role of its containers.</summary>
    public required string TaskRoleArn { get; init; }

    /// <summary>Its containers, the main one first.</summary>
    public required IReadOnlyList<ContainerDefinition> Containers { get; init; }
}

/// <summary>Size of a Fargate task.</summary>
/// <param name="Cpu">CPU units; 1024 are one vCPU.</param>
/// <param name="MemoryMiB">Memory in MiB.</param>
/// <param name="Architecture">Processor architecture of the images.</param>
internal sealed record TaskSize(int Cpu, int MemoryMiB, CpuArchitecture Architecture);
