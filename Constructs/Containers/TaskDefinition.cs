using System.Globalization;
using Constructs;
using HashiCorp.Cdktf.Providers.Aws.EcsTaskDefinition;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Containers;

/// <summary>A Fargate task: its size, its roles and its containers.</summary>
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
            // Earlier revisions stay active: a service cannot be updated to an inactive one, so the circuit breaker could not go back, and
            // runs that a schedule still starts would fail. They cost nothing.
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

/// <param name="LogicalId">Its address.</param>
/// <param name="Family">Name that its revisions share.</param>
/// <param name="Size">What Fargate gives it.</param>
/// <param name="ExecutionRoleArn">Role with which ECS starts it.</param>
/// <param name="TaskRoleArn">Role with which its containers act.</param>
/// <param name="Containers">Its containers, the one that it is for first.</param>
internal sealed record TaskDefinitionProps(
    string LogicalId,
    string Family,
    TaskSize Size,
    string ExecutionRoleArn,
    string TaskRoleArn,
    IReadOnlyList<ContainerDefinition> Containers);

/// <summary>What Fargate gives a task.</summary>
/// <param name="Cpu">CPU units; 1024 are one vCPU.</param>
/// <param name="MemoryMiB">Memory in MiB.</param>
/// <param name="Architecture">x86_64 or arm64.</param>
internal sealed record TaskSize(int Cpu, int MemoryMiB, string Architecture);
