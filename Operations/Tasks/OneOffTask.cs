using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;

namespace Infra.Operations.Tasks;

/// <summary>A task that runs one command in the environment's network and stops: a migration, a check of the database.</summary>
/// <param name="access">Access to the account.</param>
/// <param name="place">Cluster and network to run in.</param>
internal sealed class OneOffTask(AwsAccess access, TaskNetwork place)
{
    private const int LogLines = 30;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(3);

    private readonly EcsClient _ecs = new(access);

    /// <summary>Registers a revision of a task definition with another image.</summary>
    /// <param name="taskDefinition">Family or ARN.</param>
    /// <param name="container">Container that gets the image.</param>
    /// <param name="image">Image.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>ARN of the revision.</returns>
    public Task<string> RegisterAsync(string taskDefinition, string container, string image, CancellationToken cancellation) =>
        _ecs.RegisterTaskDefinitionAsync(taskDefinition, container, image, cancellation);

    /// <summary>Runs a task until it stops; if an interrupted run started one with the same name, waits for that one instead.</summary>
    /// <param name="taskDefinition">ARN or family.</param>
    /// <param name="container">Container whose exit code is the result.</param>
    /// <param name="command">Command that overrides the container's; null means the container's own.</param>
    /// <param name="name">Value of startedBy, at most 36 letters, digits, hyphens and underscores.</param>
    /// <param name="timeout">Maximum run time; then it is stopped.</param>
    /// <param name="cancellation">Cancels the wait; the task keeps running.</param>
    public async Task<TaskResult> RunAsync(string taskDefinition, string container, IReadOnlyList<string>? command, string name,
        TimeSpan timeout, CancellationToken cancellation)
    {
        string task = await BegunAsync(name, cancellation) ?? await BeginAsync(taskDefinition, container, command, name, cancellation);
        DateTime end = DateTime.UtcNow + timeout;
        while (true)
        {
            EcsTask? found = await _ecs.DescribeTasksAsync(place.Cluster, [task], cancellation) is [var only, ..] ? only : null;
            if (found?.LastStatus == "STOPPED")
                return await EndAsync(found, container, cancellation);
            if (DateTime.UtcNow > end)
            {
                await _ecs.StopTaskAsync(place.Cluster, task, $"not finished within {timeout.TotalMinutes:0} minutes", cancellation);
                return new TaskResult(task, null, $"it did not finish within {timeout.TotalMinutes:0} minutes and was stopped",
                    await LogAsync(task, found?.TaskDefinitionArn ?? taskDefinition, container, cancellation));
            }

            await Task.Delay(Pause, cancellation);
        }
    }

    private async Task<string?> BegunAsync(string name, CancellationToken cancellation) =>
        await _ecs.ListTasksAsync(new ListTasksRequest(place.Cluster, StartedBy: name), cancellation) is [var task, ..] ? task : null;

    private async Task<string> BeginAsync(
        string taskDefinition, string container, IReadOnlyList<string>? command, string name, CancellationToken cancellation)
    {
        RunTaskResponse answer = await _ecs.RunTaskAsync(
            new RunTaskRequest(place.Cluster, taskDefinition, name, place.SubnetIds, place.SecurityGroupId, container, command),
            cancellation);
        return answer.Tasks is [var task, ..] ? task.TaskArn : throw OperationException.Failed(
            $"ECS did not start the task: {string.Join("; ", answer.Failures?.Select(failure => failure.ToString()) ?? [])}");
    }

    private async Task<TaskResult> EndAsync(EcsTask task, string container, CancellationToken cancellation)
    {
        EcsContainer? its = task.Containers?.FirstOrDefault(each => each.Name == container);
        // The container does not start if another one, which it depends on, fails: that one's log has the reason.
        EcsContainer? failed = its?.ExitCode is null ? task.Containers?.FirstOrDefault(each => each.ExitCode is not (null or 0)) : null;
        string why = string.Join("; ", new[]
        {
            failed is null ? null : $"exit code {failed.ExitCode} of its container {failed.Name}", its?.Reason, task.StoppedReason,
        }.Where(reason => !string.IsNullOrEmpty(reason)));
        IReadOnlyList<string> log = its?.ExitCode == 0
            ? []
            : await LogAsync(task.TaskArn, task.TaskDefinitionArn, failed?.Name ?? container, cancellation);
        return new TaskResult(task.TaskArn, its?.ExitCode, why, log);
    }

    /// <summary>The end of a task's log; empty if it cannot be read.</summary>
    private async Task<IReadOnlyList<string>> LogAsync(string task, string taskDefinition, string container, CancellationToken cancellation)
    {
        try
        {
            EcsContainerDefinition? definition = (await _ecs.DescribeTaskDefinitionAsync(taskDefinition, cancellation))
                .FirstOrDefault(each => each.Name == container);
            if (definition?.LogConfiguration?.Options is not { } options)
                return [];
            IReadOnlyList<LogEvent> events = await new LogsClient(access).GetLogEventsAsync(
                options["awslogs-group"], $"{options["awslogs-stream-prefix"]}/{container}/{task.Split('/')[^1]}", LogLines, cancellation);
            return events.Select(each => each.Message).OfType<string>().ToArray();
        }
        catch (AwsApiException e)
        {
            return [$"(its log cannot be read: {e.Message})"];
        }
    }
}

/// <summary>Cluster and network of a one-off task.</summary>
/// <param name="Cluster">Cluster.</param>
/// <param name="SubnetIds">Subnets of tasks.</param>
/// <param name="SecurityGroupId">Security group of tasks.</param>
internal sealed record TaskNetwork(string Cluster, IReadOnlyList<string> SubnetIds, string SecurityGroupId)
{
    /// <summary>Reads it from runtime's outputs; null if runtime is not deployed or has no cluster.</summary>
    public static TaskNetwork? Of(RuntimeOutputs outputs) => outputs is { ClusterName: { } cluster, TaskSecurityGroupId: { } group }
        ? new TaskNetwork(cluster, outputs.TaskSubnetIds, group)
        : null;
}

/// <param name="Task">ARN of the task.</param>
/// <param name="ExitCode">Exit code of the container; null if it never ran or was stopped.</param>
/// <param name="Reason">Reason given by ECS why it stopped; may be empty.</param>
/// <param name="Log">The end of its log; empty if it succeeded.</param>
internal sealed record TaskResult(string Task, int? ExitCode, string Reason, IReadOnlyList<string> Log)
{
    public bool Succeeded => ExitCode == 0;

    /// <summary><c>exit code 3; Essential container in task exited</c>.</summary>
    public string Describe() =>
        (ExitCode is { } code ? $"exit code {code}" : "it did not run to completion") + (Reason.Length > 0 ? $"; {Reason}" : "");
}
