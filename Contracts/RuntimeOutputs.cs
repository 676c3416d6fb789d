using Newtonsoft.Json.Linq;

namespace Infra.Contracts;

/// <summary>Outputs of runtime that the launcher reads: releases, migrations, smoke tests.</summary>
public sealed record RuntimeOutputs
{
    public const string ClusterNameOutput = "cluster_name";
    public const string LoadBalancerDnsNameOutput = "load_balancer_dns_name";
    public const string TaskSubnetIdsOutput = "task_subnet_ids";
    public const string TaskSecurityGroupIdOutput = "task_security_group_id";
    public const string MigrationsOutput = "migrations";
    public const string AgentsOutput = "agents";

    /// <summary>ECS cluster; none without services or before the first deployment.</summary>
    public string? ClusterName { get; init; }

    /// <summary>AWS's host name of the load balancer; none without one.</summary>
    public string? LoadBalancerDnsName { get; init; }

    /// <summary>Subnets of tasks.</summary>
    public IReadOnlyList<string> TaskSubnetIds { get; init; } = [];

    /// <summary>Security group of tasks.</summary>
    public string? TaskSecurityGroupId { get; init; }

    /// <summary>Tasks that run before a release, by service.</summary>
    public IReadOnlyDictionary<string, MigrationOutput> Migrations { get; init; } = new Dictionary<string, MigrationOutput>();

    /// <summary>Agents, by name; null where runtime has none or is not deployed.</summary>
    public IReadOnlyDictionary<string, AgentOutput>? Agents { get; init; }

    /// <summary>Reads the outputs of a state; those of a runtime that is not deployed are empty.</summary>
    public static RuntimeOutputs Read(IReadOnlyDictionary<string, JToken> outputs) => new()
    {
        ClusterName = (string?)outputs.GetValueOrDefault(ClusterNameOutput),
        LoadBalancerDnsName = (string?)outputs.GetValueOrDefault(LoadBalancerDnsNameOutput),
        TaskSubnetIds = [.. (outputs.GetValueOrDefault(TaskSubnetIdsOutput) ?? new JArray()).Values<string>().OfType<string>()],
        TaskSecurityGroupId = (string?)outputs.GetValueOrDefault(TaskSecurityGroupIdOutput),
        Migrations = Each(outputs.GetValueOrDefault(MigrationsOutput), MigrationOutput.Read) ?? new Dictionary<string, MigrationOutput>(),
        Agents = Each(outputs.GetValueOrDefault(AgentsOutput), AgentOutput.Read),
    };

    private static Dictionary<string, T>? Each<T>(JToken? output, Func<JToken, T> read) =>
        (output as JObject)?.Properties().ToDictionary(property => property.Name, property => read(property.Value), StringComparer.Ordinal);
}
