using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Releases;

/// <summary>
/// Applies runtime and waits until each of its services runs what was applied. Terraform's own wait also succeeds when the circuit breaker
/// has rolled back a deployment: it waits for any single deployment with all its tasks.
/// https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ecs/service.go (statusServiceWaitForStable)
/// </summary>
internal sealed class RuntimeRollout(RunContext context, SessionOptions options, DeploymentSession session)
{
    private static readonly TimeSpan StableWithin = TimeSpan.FromMinutes(15);

    /// <summary>Applies, then waits.</summary>
    /// <param name="runtime">The runtime stack that is applied.</param>
    /// <param name="apply">Applies it; its result is returned.</param>
    /// <exception cref="OperationException">Terraform failed, or a service does not run what was applied.</exception>
    public async Task<string> ApplyAsync(StackFolder runtime, Func<Task<string>> apply)
    {
        string done;
        try
        {
            done = await apply();
        }
        catch (OperationException e) when (e.ExitCode == ExitCode.Failed)
        {
            // If a service never gets its tasks, Terraform only reports a timeout, without the reason.
            throw await ExplainedAsync(runtime, e);
        }

        await WaitAsync(runtime);
        return done;
    }

    /// <summary>Waits until every service runs what was applied.</summary>
    public async Task WaitAsync(StackFolder runtime) => await EachAsync(
        await DeployedService.OfAsync(runtime, session.State, context.Stopping),
        (rollout, service) => rollout.WaitAsync(
            running => service.TaskDefinition is null
                || running.TaskDefinition == service.TaskDefinition
                || service.IsSupersededBy(running.TaskDefinition),
            StableWithin, context.Stopping));

    /// <summary>Waits until services have all their tasks, after only the number of tasks was changed.</summary>
    /// <param name="services">Cluster and name of each.</param>
    public Task WaitForTasksAsync(IEnumerable<string> services) => EachAsync(
        [.. services.Select(service => new DeployedService(service, service, null))],
        (rollout, _) => rollout.WaitForTasksAsync(StableWithin, context.Stopping));

    private async Task EachAsync(IReadOnlyList<DeployedService> services, Func<ServiceRollout, DeployedService, Task> wait)
    {
        if (services.Count == 0)
            return;
        context.Reporter.Status($"waiting for {string.Join(", ", services.Select(service => service.Name))} to be stable");
        OperationException?[] failures = await Task.WhenAll(services.Select(async service =>
        {
            try
            {
                await wait(Rollout(service), service);
                return null;
            }
            catch (OperationException e) when (e.ExitCode == ExitCode.Failed)
            {
                return e;
            }
        }));
        OperationException[] failed = [.. failures.OfType<OperationException>()];
        if (failed.Length == 0)
            return;
        throw OperationException.Failed(
            string.Join("; ", failed.Select(failure => failure.Message)),
            string.Join('\n', failed.Select(failure => failure.Remedy).Where(remedy => !string.IsNullOrEmpty(remedy)).Append(WhatToDo)));
    }

    private async Task<OperationException> ExplainedAsync(StackFolder runtime, OperationException cause)
    {
        var reasons = new List<string>();
        try
        {
            foreach (DeployedService service in await DeployedService.OfAsync(runtime, session.State, context.Stopping))
                reasons.AddRange(await Rollout(service).FailureAsync(context.Stopping));
        }
        catch (Aws.AwsApiException)
        {
            // In addition to Terraform's error.
        }

        return reasons.Count == 0 ? cause : new OperationException(
            cause.ExitCode, cause.Message, string.Join('\n', reasons.Prepend(cause.Remedy).OfType<string>().Append(WhatToDo)), cause);
    }

    private string WhatToDo =>
        $"to see what runs: ./infra status {options.AsTyped}\n"
        + $"to roll back: ./infra rollback {options.AsTyped} SERVICE; after a fix: ./infra deploy {options.AsTyped} runtime";

    private ServiceRollout Rollout(DeployedService service) =>
        new(session.Access, session.Environment.Names.Cluster, service.EcsName, service.Name);
}
