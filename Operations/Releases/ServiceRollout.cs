using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;

namespace Infra.Operations.Releases;

/// <summary>Reads what ECS runs of one service, and waits for a deployment of it.</summary>
/// <param name="access">Access to the account.</param>
/// <param name="cluster">Cluster.</param>
/// <param name="service">Name of the ECS service.</param>
/// <param name="container">Name of its container.</param>
internal sealed class ServiceRollout(AwsAccess access, string cluster, string service, string container) : IRollout
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly EcsClient _ecs = new(access);

    public async Task<RunningService?> ReadAsync(CancellationToken cancellation)
    {
        IReadOnlyList<EcsService> services;
        try
        {
            services = await _ecs.DescribeServicesAsync(cluster, service, cancellation);
        }
        catch (AwsApiException e) when (e.IsNotFound)
        {
            return null;
        }

        if (services.FirstOrDefault(each => each.Status == "ACTIVE") is not { } found)
            return null;
        EcsDeployment? primary = found.Deployments?.FirstOrDefault(each => each.Status == "PRIMARY");
        string taskDefinition = primary?.TaskDefinition ?? found.TaskDefinition;
        IReadOnlyList<EcsContainerDefinition> containers = await _ecs.DescribeTaskDefinitionAsync(taskDefinition, cancellation);
        return new RunningService(
            taskDefinition,
            containers.FirstOrDefault(each => each.Name == container)?.Image ?? "",
            primary?.RolloutState ?? "COMPLETED",
            primary?.RolloutStateReason ?? "",
            found.DesiredCount,
            found.RunningCount,
            found.Events ?? [])
        {
            Deployment = primary?.Id,
            Since = primary?.CreatedAt,
        };
    }

    public Task WaitAsync(Func<RunningService, bool> expected, TimeSpan timeout, CancellationToken cancellation) =>
        WaitAsync("deployment", expected, running => running.Rollout == "COMPLETED", timeout, cancellation);

    /// <summary>Waits until all tasks run: when only the number of tasks is increased, the deployment stays COMPLETED.</summary>
    public Task WaitForTasksAsync(TimeSpan timeout, CancellationToken cancellation) =>
        WaitAsync("deployment", _ => true, AllTasksRun, timeout, cancellation);

    /// <summary>
    /// Replaces the tasks with tasks of the same task definition, which read secrets and parameters again when they start, and waits until
    /// all of them run.
    /// </summary>
    /// <returns>False if the service is not deployed.</returns>
    /// <exception cref="OperationException">The deployment failed, or ECS rolled it back.</exception>
    public async Task<bool> RestartAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        if (await ReadAsync(cancellation) is null)
            return false;
        string deployment = await _ecs.ForceDeploymentAsync(cluster, service, cancellation);
        // The task definition is the same, so only the id distinguishes the deployment from the one that ECS rolls back to.
        await WaitAsync("new deployment", running => running.Deployment == deployment, AllTasksRun, timeout, cancellation);
        return true;
    }

    /// <summary>Why the primary deployment failed, as lines to show; empty if it has not failed.</summary>
    public async Task<IReadOnlyList<string>> FailureAsync(CancellationToken cancellation) =>
        await ReadAsync(cancellation) is { Rollout: "FAILED" } running
            ?
            [
                $"the deployment of {service} failed: {running.Reason}",
                .. (await SaidAsync(running, running.Since, cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries),
            ]
            : [];

    private static bool AllTasksRun(RunningService running) => running.Rollout == "COMPLETED" && running.Running >= running.Desired;

    private async Task WaitAsync(
        string deployment, Func<RunningService, bool> expected, Func<RunningService, bool> done, TimeSpan timeout,
        CancellationToken cancellation)
    {
        DateTime end = DateTime.UtcNow + timeout;
        // Of the deployment that is waited for: when ECS rolls back, the primary one is a later one.
        double? since = null;
        while (true)
        {
            RunningService running = await ReadAsync(cancellation)
                ?? throw OperationException.Failed($"ECS no longer has a service {service}");
            since ??= running.Since;
            string? problem = !expected(running)
                ? $"ECS rolled back the {deployment} of {service}: it runs {running.Image}, task definition {running.Revision}"
                : running.Rollout == "FAILED" ? $"the {deployment} of {service} failed: {running.Reason}"
                : null;
            if (problem is null && done(running))
                return;
            if (problem is null && DateTime.UtcNow > end)
                problem = $"{service} did not become stable in {timeout.TotalMinutes:0} minutes: {running.Running} of {running.Desired} "
                    + "tasks run";
            if (problem is not null)
                throw OperationException.Failed(problem, await SaidAsync(running, since, cancellation));
            await Task.Delay(Pause, cancellation);
        }
    }

    /// <summary>What ECS said since a deployment began: earlier events are of other deployments.</summary>
    private async Task<string> SaidAsync(RunningService running, double? since, CancellationToken cancellation) => string.Join(
        '\n', running.Events.Where(said => since is null || said.CreatedAt is null || said.CreatedAt >= since).Take(5)
            .Select(said => $"ECS: {said.Message}").Concat(await StoppedAsync(cancellation)));

    /// <summary>Why the last tasks stopped; empty if they cannot be read, or ECS no longer lists them, which is after an hour.</summary>
    private async Task<IReadOnlyList<string>> StoppedAsync(CancellationToken cancellation)
    {
        const int Shown = 2;
        try
        {
            IReadOnlyList<string> arns =
                await _ecs.ListTasksAsync(new ListTasksRequest(cluster, ServiceName: service, DesiredStatus: "STOPPED"), cancellation);
            if (arns.Count == 0)
                return [];
            IReadOnlyList<EcsTask> tasks = await _ecs.DescribeTasksAsync(cluster, arns.Take(100), cancellation);
            return
            [
                .. tasks.OrderByDescending(task => task.StoppedAt).Take(Shown)
                    .Select(task => $"stopped task {task.TaskArn.Split('/')[^1]}: {StoppedReason(task)}"),
            ];
        }
        catch (AwsApiException)
        {
            return [];
        }
    }

    private static string StoppedReason(EcsTask task) => string.Join("; ", (task.Containers ?? [])
        .Where(container => container.ExitCode is not null || container.Reason is not null)
        .Select(container => $"{container.Name} {(container.ExitCode is { } code ? $"exit code {code}" : "")} {container.Reason}".Trim())
        .Prepend(task.StoppedReason).Where(text => !string.IsNullOrEmpty(text)));
}

/// <param name="TaskDefinition">ARN of the task definition that is deployed.</param>
/// <param name="Image">Image of its container.</param>
/// <param name="Rollout"><c>IN_PROGRESS</c>, <c>COMPLETED</c> or <c>FAILED</c>.</param>
/// <param name="Reason">Reason given by ECS.</param>
/// <param name="Desired">Tasks that should run.</param>
/// <param name="Running">Tasks that run.</param>
/// <param name="Events">ECS service events, newest first.</param>
internal sealed record RunningService(
    string TaskDefinition, string Image, string Rollout, string Reason, int Desired, int Running,
    IReadOnlyList<EcsServiceEvent> Events)
{
    /// <summary>ID of the primary deployment of a service; null for agents.</summary>
    public string? Deployment { get; init; }

    /// <summary>When the primary deployment of a service began, in seconds since 1970; null for agents.</summary>
    public double? Since { get; init; }

    /// <summary>Live version of an agent; null for services.</summary>
    public string? AgentVersion { get; init; }

    /// <summary>Family and revision of the task definition: <c>acme-web:12</c>.</summary>
    public string Revision => TaskDefinition.Split('/')[^1];

    /// <summary>Whether it runs the ledger's value: the digest, or any other image before the first release.</summary>
    public bool Runs(string ledgerValue) => ledgerValue == ReleaseParameter.NothingReleased
        ? !Image.Contains('@', StringComparison.Ordinal)
        : Image.EndsWith("@" + ledgerValue, StringComparison.Ordinal);
}
