using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>
/// The whole contract from base to runtime: what runtime and previews may know of base. Names of outputs are stable, since
/// deployed runtimes read them; renaming one means writing both for a while.
/// </summary>
internal sealed record BaseOutputs
{
    /// <summary>The network that everything stands in.</summary>
    public required NetworkOutputs Network { get; init; }

    /// <summary>Certificate for the domain and every host in it, in the environment's region; none without a domain.</summary>
    public string? CertificateArn { get; init; }

    /// <summary>Route 53 zone of the domain; none where DNS lives elsewhere.</summary>
    public string? ZoneId { get; init; }

    /// <summary>Bucket for the load balancer's access logs.</summary>
    public required string LoadBalancerLogBucket { get; init; }

    /// <summary>Topic that alarms are sent to.</summary>
    public required string AlertTopicArn { get; init; }

    /// <summary>What outlives each service's tasks, by service.</summary>
    public required IReadOnlyDictionary<string, ServiceInBase> Services { get; init; }

    /// <summary>ARNs of secrets that services read at start, by name.</summary>
    public required IReadOnlyDictionary<string, string> SecretArns { get; init; }

    /// <summary>Writes or reads every output: with values at base's end, without at runtime's.</summary>
    public static BaseOutputs Exchange(IOutputChannel channel, EnvironmentConfig config, Names names, BaseOutputs? made)
    {
        int zones = config.Network.Zones.Count;
        NetworkOutputs? network = made?.Network;
        return new BaseOutputs
        {
            Network = new NetworkOutputs(
                channel.Text("vpc_id", "The VPC.", network?.VpcId),
                channel.List("public_subnet_ids", "Public subnets, one for each zone.", zones, network?.PublicSubnetIds),
                channel.List("private_subnet_ids", "Private subnets, one for each zone.", zones, network?.PrivateSubnetIds),
                channel.List("private_route_table_ids", "Route tables of the private subnets.", zones, network?.PrivateRouteTableIds),
                channel.Text("alb_security_group_id", "Security group of load balancers (alb-sg).", network?.LoadBalancerSecurityGroupId),
                channel.Text("ecs_security_group_id", "Security group of tasks (ecs-sg).", network?.TaskSecurityGroupId)),
            CertificateArn = config.Domain is null
                ? null
                : channel.Text("certificate_arn", "Issued certificate of the domain and every host in it.", made?.CertificateArn),
            ZoneId = config.Domain is null or { Zone: "none" }
                ? null
                : channel.Text("zone_id", "Route 53 zone of the domain.", made?.ZoneId),
            LoadBalancerLogBucket = channel.Text("alb_log_bucket", "Bucket for access logs of load balancers.", made?.LoadBalancerLogBucket),
            AlertTopicArn = channel.Text("alert_topic_arn", "Topic that alarms are sent to.", made?.AlertTopicArn),
            Services = ServiceOutputs(channel, config, names, made),
            SecretArns = config.Services.Values
                .SelectMany(service => service.Secrets.Values)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .ToDictionary(
                    secret => secret,
                    secret => channel.Text($"secret_{Id(secret)}_arn", $"Secret {secret}.", made?.SecretArns[secret])),
        };
    }

    private static Dictionary<string, ServiceInBase> ServiceOutputs(IOutputChannel channel, EnvironmentConfig config, Names names, BaseOutputs? made) =>
        config.Services.Keys.Order(StringComparer.Ordinal).ToDictionary(name => name, name =>
        {
            ServiceInBase? service = made?.Services[name];
            return new ServiceInBase(
                channel.Text($"service_{Id(name)}_repository_url", $"ECR repository of {name}.", service?.RepositoryUrl),
                channel.Text($"service_{Id(name)}_execution_role_arn", $"Role that starts tasks of {name}.", service?.ExecutionRoleArn),
                channel.Text($"service_{Id(name)}_task_role_arn", $"Role of {name} itself.", service?.TaskRoleArn),
                names.ServiceLogGroup(name),
                names.Release(name));
        });

    // Outputs part words by underscores; a level of a name is parted by two.
    private static string Id(string name) => LogicalIds.PartOf(name).Replace("_", "__", StringComparison.Ordinal).Replace('-', '_');
}

/// <summary>The network, as far as runtime needs it.</summary>
/// <param name="VpcId">The VPC.</param>
/// <param name="PublicSubnetIds">Public subnets, in the order of the zones.</param>
/// <param name="PrivateSubnetIds">Private subnets, in the order of the zones.</param>
/// <param name="PrivateRouteTableIds">Route tables of the private subnets, in the order of the zones.</param>
/// <param name="LoadBalancerSecurityGroupId">Security group <c>alb-sg</c>.</param>
/// <param name="TaskSecurityGroupId">Security group <c>ecs-sg</c>.</param>
internal sealed record NetworkOutputs(
    string VpcId,
    IReadOnlyList<string> PublicSubnetIds,
    IReadOnlyList<string> PrivateSubnetIds,
    IReadOnlyList<string> PrivateRouteTableIds,
    string LoadBalancerSecurityGroupId,
    string TaskSecurityGroupId);
