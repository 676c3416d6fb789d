using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;

namespace Infra.Operations.Releases;

/// <summary>
/// Replaces the tasks of a service with tasks of the same task definition, which read secrets and parameters again when they start.
/// </summary>
/// <param name="access">Access to the account.</param>
/// <param name="cluster">Cluster.</param>
/// <param name="pause">Polling interval.</param>
internal sealed class ServiceRestart(AwsAccess access, string cluster, TimeSpan pause)
{
    private readonly EcsClient _ecs = new(access);

    /// <summary>Starts a new deployment of the service and waits until it is complete.</summary>
    /// <param name="service">Name of the ECS service.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>False if the service is not deployed.</returns>
    /// <exception cref="OperationException">The deployment failed, or ECS rolled it back.</exception>
    public async Task<bool> RestartAsync(string service, TimeSpan timeout, CancellationToken cancellation)
    {
        if (await FindAsync(service, cancellation) is null)
            return false;
        string deployment = await _ecs.ForceDeploymentAsync(cluster, service, cancellation);
        DateTime end = DateTime.UtcNow + timeout;
        while (true)
        {
            EcsService found = await FindAsync(service, cancellation)
                ?? throw OperationException.Failed($"ECS no longer has a service {service}");
            EcsDeployment? primary = found.Deployments?.FirstOrDefault(each => each.Status == "PRIMARY");
            // The task definition is the same, so only the id distinguishes the deployment from the one that ECS rolls back to.
            string? problem = primary?.Id != deployment
                ? $"ECS rolled back the new deployment of {service}"
                : primary.RolloutState == "FAILED" ? $"the new deployment of {service} failed: {primary.RolloutStateReason}"
                : null;
            if (problem is null && primary!.RolloutState is "COMPLETED" or null && found.RunningCount >= found.DesiredCount)
                return true;
            if (problem is null && DateTime.UtcNow > end)
                problem = $"{service} did not become stable in {timeout.TotalMinutes:0} minutes: {found.RunningCount} of "
                    + $"{found.DesiredCount} tasks run";
            if (problem is not null)
                throw OperationException.Failed(
                    problem, string.Join('\n', (found.Events ?? []).Take(5).Select(each => $"ECS: {each.Message}")));
            await Task.Delay(pause, cancellation);
        }
    }

    private async Task<EcsService?> FindAsync(string service, CancellationToken cancellation)
    {
        try
        {
            return (await _ecs.DescribeServicesAsync(cluster, service, cancellation)).FirstOrDefault(each => each.Status == "ACTIVE");
        }
        catch (AwsApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }
}
