using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Naming;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Sessions;

namespace Infra.Operations.Verification;

/// <summary>
/// Checks the path of a request by the rules of security groups: from the load balancer to the tasks of a service, and from the tasks to
/// the database.
/// </summary>
internal sealed class NetworkChecks(Connection connection)
{
    private readonly EnvironmentConfig _config = connection.Environment.Config;
    private readonly Names _names = connection.Environment.Names;
    private readonly RdsClient _rds = RdsClient.Of(connection.Access, connection.OnEmulator);
    private readonly Dictionary<string, DbInstance?> _instances = new(StringComparer.Ordinal);

    public IReadOnlyList<Check> All() =>
    [
        .. _config.Services.Keys.Order(StringComparer.Ordinal)
            .Select(service => new Check($"network of {service}", cancellation => PathAsync(service, cancellation))),
    ];

    private async Task<string> PathAsync(string service, CancellationToken cancellation)
    {
        IReadOnlyList<EcsService> found =
            await new EcsClient(connection.Access).DescribeServicesAsync(_names.Cluster, _names.Service(service), cancellation);
        if (found is not [var ecs, ..])
            throw OperationException.Failed("runtime does not exist: asleep, or not deployed");
        string[] tasks = [.. ecs.NetworkConfiguration?.AwsvpcConfiguration?.SecurityGroups ?? []];
        var hops = new List<Hop>();
        var elb = new LoadBalancingClient(connection.Access);
        foreach (EcsLoadBalancer target in ecs.LoadBalancers ?? [])
        {
            IReadOnlyList<string> balancers = await elb.LoadBalancersOfAsync(target.TargetGroupArn, cancellation);
            if (balancers.Count == 0)
                throw OperationException.Failed($"no listener forwards to target group {target.TargetGroupArn.Split('/')[^2]}");
            foreach (string balancer in balancers)
                hops.Add(new Hop(
                    "load balancer", await elb.SecurityGroupsOfAsync(balancer, cancellation), "tasks", tasks, target.ContainerPort));
        }

        foreach ((_, DatabaseName database, _) in AllDatabases.Of(_config))
        {
            DbInstance instance = await InstanceAsync(database, cancellation)
                ?? throw OperationException.Failed($"{database.DisplayName} does not exist");
            hops.Add(new Hop("tasks", tasks, database.DisplayName, instance.SecurityGroups, instance.Port));
        }

        if (hops.Count == 0)
            return "it has no load balancer and no database";
        IReadOnlyList<SecurityGroupRule> rules = await new Ec2Client(connection.Access)
            .RulesAsync([.. hops.SelectMany(hop => hop.FromGroups.Concat(hop.ToGroups)).Distinct()], cancellation);
        string[] closed = [.. hops.Select(hop => hop.ReasonClosed(rules)).OfType<string>()];
        return closed.Length == 0
            ? string.Join(", ", hops.Select(hop => $"{hop.From} to {hop.To} on port {hop.Port}"))
            : throw OperationException.Failed(string.Join("; ", closed));
    }

    /// <summary>The instance of a database, which is read once for all services.</summary>
    private async Task<DbInstance?> InstanceAsync(DatabaseName database, CancellationToken cancellation)
    {
        string identifier = _names.Database(database.Purpose);
        if (!_instances.TryGetValue(identifier, out DbInstance? found))
            _instances[identifier] = found = await _rds.FindAsync(identifier, cancellation);
        return found;
    }
}

/// <summary>One connection on the path of a request.</summary>
/// <param name="From">Who connects.</param>
/// <param name="FromGroups">Its security groups.</param>
/// <param name="To">To what it connects.</param>
/// <param name="ToGroups">Security groups of that.</param>
/// <param name="Port">Port.</param>
internal sealed record Hop(string From, IReadOnlyList<string> FromGroups, string To, IReadOnlyList<string> ToGroups, int Port)
{
    /// <summary>Why the rules do not allow it; null if they do: one rule lets it out, another one lets it in.</summary>
    public string? ReasonClosed(IReadOnlyList<SecurityGroupRule> rules)
    {
        if (!Allowed(rules, egress: true, FromGroups, ToGroups))
            return $"no security group of {From} ({string.Join(", ", FromGroups)}) allows egress to {To} on port {Port}";
        return Allowed(rules, egress: false, ToGroups, FromGroups)
            ? null
            : $"no security group of {To} ({string.Join(", ", ToGroups)}) allows ingress from {From} on port {Port}";
    }

    private bool Allowed(IReadOnlyList<SecurityGroupRule> rules, bool egress, IReadOnlyList<string> groups, IReadOnlyList<string> peers) =>
        rules.Any(rule => rule.IsEgress == egress && groups.Contains(rule.Group) && peers.Any(peer => rule.Allows(Port, peer)));
}
