using Infra.Operations.Aws;
using Infra.Operations.Output;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.AwsClients;

/// <summary>Actions of Amazon ECS. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html</summary>
internal sealed class EcsClient(AwsAccess access)
{
    // The members of DescribeTaskDefinition's output that are also input of RegisterTaskDefinition.
    private static readonly string[] Registered =
    [
        "family", "taskRoleArn", "executionRoleArn", "networkMode", "containerDefinitions", "volumes", "placementConstraints",
        "requiresCompatibilities", "cpu", "memory",
        "ephemeralStorage", "runtimePlatform", "proxyConfiguration", "pidMode", "ipcMode",
    ];

    private readonly AwsApi _api = access.Api("ecs");

    public async Task<IReadOnlyList<EcsService>> DescribeServicesAsync(string cluster, string service, CancellationToken cancellation) =>
        await _api.JsonAsync<IReadOnlyList<EcsService>>(
            "DescribeServices", new { cluster, services = new[] { service } }, "services", cancellation) ?? [];

    public Task UpdateServiceAsync(string cluster, string service, int desiredCount, CancellationToken cancellation) =>
        _api.JsonAsync<JObject>("UpdateService", new { cluster, service, desiredCount }, cancellation: cancellation);

    /// <summary>Starts a new deployment of a service with the same task definition.</summary>
    /// <returns>ID of the deployment.</returns>
    public async Task<string> ForceDeploymentAsync(string cluster, string service, CancellationToken cancellation) =>
        (await _api.JsonAsync<EcsService>(
            "UpdateService", new { cluster, service, forceNewDeployment = true }, "service", cancellation))!
            .Deployments!.First(deployment => deployment.Status == "PRIMARY").Id!;

    /// <summary>The roles of a task definition, by family or ARN.</summary>
    public async Task<EcsTaskRoles> TaskRolesAsync(string taskDefinition, CancellationToken cancellation) =>
        (await _api.JsonAsync<EcsTaskRoles>("DescribeTaskDefinition", new { taskDefinition }, "taskDefinition", cancellation))!;

    /// <summary>The container definitions of a task definition, by family or ARN.</summary>
    public async Task<IReadOnlyList<EcsContainerDefinition>> DescribeTaskDefinitionAsync(
        string taskDefinition, CancellationToken cancellation) =>
        await _api.JsonAsync<IReadOnlyList<EcsContainerDefinition>>(
            "DescribeTaskDefinition", new { taskDefinition }, "taskDefinition.containerDefinitions", cancellation) ?? [];

    /// <summary>Registers a revision of a task definition with another image.</summary>
    /// <param name="taskDefinition">Family or ARN.</param>
    /// <param name="container">Container that gets the image.</param>
    /// <param name="image">Image.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>ARN of the revision.</returns>
    public async Task<string> RegisterTaskDefinitionAsync(
        string taskDefinition, string container, string image, CancellationToken cancellation)
    {
        JObject answer = await _api.JsonAsync(
            "DescribeTaskDefinition", new JObject { ["taskDefinition"] = taskDefinition, ["include"] = new JArray("TAGS") }, cancellation);
        // Copied as JSON, so that no member is lost that this client does not know.
        var given = (JObject)answer["taskDefinition"]!;
        var input =
            new JObject(Registered.Where(name => given[name] is not null and not { Type: JTokenType.Null })
                .Select(name => new JProperty(name, given[name])));
        if (answer["tags"] is JArray { Count: > 0 } tags)
            input["tags"] = tags;
        JToken its = input["containerDefinitions"]!.SingleOrDefault(each => (string?)each["name"] == container)
            ?? throw OperationException.Failed($"task definition {taskDefinition} has no container {container}");
        its["image"] = image;
        return (await _api.JsonAsync<string>("RegisterTaskDefinition", input, "taskDefinition.taskDefinitionArn", cancellation))!;
    }

    public async Task<IReadOnlyList<string>> ListClustersAsync(CancellationToken cancellation) =>
        await _api.JsonAsync<IReadOnlyList<string>>("ListClusters", new { }, "clusterArns", cancellation) ?? [];

    /// <summary>ARNs of tasks.</summary>
    public async Task<IReadOnlyList<string>> ListTasksAsync(ListTasksRequest request, CancellationToken cancellation) =>
        await _api.JsonAsync<IReadOnlyList<string>>("ListTasks", request, "taskArns", cancellation) ?? [];

    /// <summary>Tasks by ARN, at most 100.</summary>
    public async Task<IReadOnlyList<EcsTask>> DescribeTasksAsync(
        string cluster, IEnumerable<string> tasks, CancellationToken cancellation) =>
        await _api.JsonAsync<IReadOnlyList<EcsTask>>("DescribeTasks", new { cluster, tasks }, "tasks", cancellation) ?? [];

    public async Task<RunTaskResponse> RunTaskAsync(RunTaskRequest request, CancellationToken cancellation) =>
        (await _api.JsonAsync<RunTaskResponse>("RunTask", new
        {
            request.Cluster,
            request.TaskDefinition,
            LaunchType = "FARGATE",
            request.StartedBy,
            Count = 1,
            NetworkConfiguration = new
            {
                AwsvpcConfiguration = new
                {
                    Subnets = request.SubnetIds,
                    SecurityGroups = new[] { request.SecurityGroupId },
                    AssignPublicIp = "DISABLED",
                },
            },
            Overrides = request.Command is null
                ? null
                : new { ContainerOverrides = new[] { new { Name = request.Container, request.Command } } },
        }, cancellation: cancellation))!;

    public Task StopTaskAsync(string cluster, string task, string reason, CancellationToken cancellation) =>
        _api.JsonAsync<JObject>("StopTask", new { cluster, task, reason }, cancellation: cancellation);
}

/// <summary>A service.</summary>
internal sealed record EcsService(
    string Status, string TaskDefinition, int DesiredCount, int RunningCount, IReadOnlyList<EcsDeployment>? Deployments,
    IReadOnlyList<EcsServiceEvent>? Events)
{
    public EcsNetworkConfiguration? NetworkConfiguration { get; init; }

    public IReadOnlyList<EcsLoadBalancer>? LoadBalancers { get; init; }
}

/// <summary>Network of a service's tasks.</summary>
internal sealed record EcsNetworkConfiguration(EcsVpcConfiguration? AwsvpcConfiguration);

/// <summary>Subnets and security groups of a service's tasks.</summary>
internal sealed record EcsVpcConfiguration(IReadOnlyList<string>? Subnets, IReadOnlyList<string>? SecurityGroups);

/// <summary>A target group to which a service's tasks are registered.</summary>
internal sealed record EcsLoadBalancer(string TargetGroupArn, string ContainerName, int ContainerPort);

/// <summary>Roles of a task definition.</summary>
internal sealed record EcsTaskRoles(string? TaskRoleArn, string? ExecutionRoleArn);

/// <summary>A deployment of a service.</summary>
internal sealed record EcsDeployment(
    string Status, string? TaskDefinition, string? RolloutState, string? RolloutStateReason, string? Id = null)
{
    public double? CreatedAt { get; init; }
}

/// <summary>An event of a service.</summary>
internal sealed record EcsServiceEvent(string? Message, double? CreatedAt = null);

/// <summary>A container of a task definition.</summary>
internal sealed record EcsContainerDefinition(string Name, string? Image, EcsLogConfiguration? LogConfiguration);

/// <summary>Where a container's log is written to.</summary>
internal sealed record EcsLogConfiguration(IReadOnlyDictionary<string, string>? Options);

/// <summary>Which tasks to list; null means any.</summary>
internal sealed record ListTasksRequest(
    string Cluster, string? ServiceName = null, string? DesiredStatus = null, string? StartedBy = null);

/// <summary>A task.</summary>
internal sealed record EcsTask(
    string TaskArn, string TaskDefinitionArn, string? LastStatus, string? StoppedReason, double? StoppedAt,
    IReadOnlyList<EcsContainer>? Containers)
{
    public string? AvailabilityZone { get; init; }
}

/// <summary>A container of a task.</summary>
internal sealed record EcsContainer(string Name, int? ExitCode, string? Reason);

/// <summary>One Fargate task without a public address; the command, if there is one, overrides that of the container.</summary>
internal sealed record RunTaskRequest(
    string Cluster, string TaskDefinition, string StartedBy, IReadOnlyList<string> SubnetIds, string SecurityGroupId, string Container,
    IReadOnlyList<string>? Command);

/// <summary>The tasks that were started, and why others were not.</summary>
internal sealed record RunTaskResponse(IReadOnlyList<EcsTask>? Tasks, IReadOnlyList<EcsFailure>? Failures);

/// <summary>Why something could not be done.</summary>
internal sealed record EcsFailure(string? Arn, string? Reason, string? Detail)
{
    public override string ToString() => string.Join(": ", new[] { Arn, Reason, Detail }.Where(text => !string.IsNullOrEmpty(text)));
}
