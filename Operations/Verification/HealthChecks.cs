using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Naming;
using Infra.Operations.AwsClients;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Releases;
using Infra.Operations.Sessions;

namespace Infra.Operations.Verification;

/// <summary>Checks that each service runs the image of its release, and that all of its tasks and targets are healthy.</summary>
/// <param name="connection">Connection to the environment.</param>
/// <param name="deploy">Whether each released service is deployed again first, with the same image.</param>
internal sealed class HealthChecks(Connection connection, bool deploy)
{
    private static readonly TimeSpan StableWithin = TimeSpan.FromMinutes(15);

    private readonly EnvironmentConfig _config = connection.Environment.Config;
    private readonly Names _names = connection.Environment.Names;

    public IReadOnlyList<Check> All() =>
    [
        .. _config.Services.Keys.Order(StringComparer.Ordinal)
            .Select(service => new Check($"service {service}", cancellation => ServiceAsync(service, cancellation))),
    ];

    private async Task<string> ServiceAsync(string service, CancellationToken cancellation)
    {
        string name = _names.Service(service);
        var rollout = new ServiceRollout(connection.Access, _names.Cluster, name, service);
        RunningService running = await rollout.ReadAsync(cancellation)
            ?? throw OperationException.Failed("runtime does not exist: asleep, or not deployed");
        LedgerEntry? release = await new ReleaseLedger(connection.Access).FindAsync(_names.Release(service), cancellation);
        bool released = release is not null and not { Value: ReleaseParameter.NothingReleased };
        if (deploy && released)
        {
            await rollout.RestartAsync(StableWithin, cancellation);
            running = await rollout.ReadAsync(cancellation) ?? running;
        }

        if (running.Rollout != "COMPLETED")
            throw OperationException.Failed($"its deployment is {running.Rollout}: {running.Reason}");
        if (running.Running < running.Desired)
            throw OperationException.Failed($"{running.Running} of {running.Desired} tasks run");
        if (released && !running.Runs(release!.Value))
            throw OperationException.Failed($"it runs {running.Image}, the ledger contains {ImageReference.Short(release.Value)}");
        string targets = await TargetsAsync(name, cancellation);
        string image = released ? ImageReference.Short(release!.Value) : "the placeholder image, because nothing was released";
        return $"{(deploy && released ? "deployed again, " : "")}{running.Running} of {running.Desired} tasks run {image}{targets}";
    }

    /// <summary>On the local AWS, which serves no traffic, target groups have no targets.</summary>
    private async Task<string> TargetsAsync(string name, CancellationToken cancellation)
    {
        var elb = new LoadBalancingClient(connection.Access);
        EcsService ecs = (await new EcsClient(connection.Access).DescribeServicesAsync(_names.Cluster, name, cancellation))[0];
        var states = new List<string>();
        foreach (EcsLoadBalancer target in ecs.LoadBalancers ?? [])
            states.AddRange(await elb.TargetHealthAsync(target.TargetGroupArn, cancellation));
        // Tasks of an earlier deployment are drained for some minutes.
        string[] wrong = [.. states.Where(state => state != "healthy" && !state.StartsWith("draining", StringComparison.Ordinal))];
        return wrong.Length > 0
            ? throw OperationException.Failed(
                $"{wrong.Length} of {states.Count} targets are not healthy: {string.Join(", ", wrong.Distinct())}")
            : states.Count > 0 ? $", {states.Count(state => state == "healthy")} targets are healthy" : "";
    }
}
