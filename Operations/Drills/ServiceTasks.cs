using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;

namespace Infra.Operations.Drills;

/// <summary>The tasks of an ECS service.</summary>
/// <param name="access">Access to the account.</param>
/// <param name="cluster">Cluster.</param>
/// <param name="service">Name of the ECS service.</param>
internal sealed class ServiceTasks(AwsAccess access, string cluster, string service)
{
    private const string Reason = "failover drill of ./infra";

    private readonly EcsClient _ecs = new(access);

    /// <summary>The number of tasks that the service should have.</summary>
    /// <exception cref="OperationException">The service is not deployed.</exception>
    public async Task<int> DesiredAsync(CancellationToken cancellation)
    {
        try
        {
            return (await _ecs.DescribeServicesAsync(cluster, service, cancellation)).FirstOrDefault(each => each.Status == "ACTIVE")
                ?.DesiredCount ?? throw NotDeployed();
        }
        catch (AwsApiException e) when (e.IsNotFound)
        {
            throw NotDeployed();
        }
    }

    /// <summary>The tasks that run, by ARN, with their zones.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RunningAsync(CancellationToken cancellation)
    {
        IReadOnlyList<string> arns = await _ecs.ListTasksAsync(new ListTasksRequest(cluster, ServiceName: service), cancellation);
        return arns.Count == 0
            ? new Dictionary<string, string>()
            : (await _ecs.DescribeTasksAsync(cluster, arns.Take(100), cancellation)).Where(task => task.LastStatus == "RUNNING")
                .ToDictionary(task => task.TaskArn, task => task.AvailabilityZone ?? "unknown");
    }

    /// <summary>Stops tasks; ECS starts others.</summary>
    public async Task StopAsync(IEnumerable<string> tasks, CancellationToken cancellation)
    {
        foreach (string task in tasks)
            await _ecs.StopTaskAsync(cluster, task, Reason, cancellation);
    }

    private OperationException NotDeployed() =>
        OperationException.BadInput($"ECS has no service {service}", "./infra deploy --env NAME, or ./infra wake --env NAME");
}
