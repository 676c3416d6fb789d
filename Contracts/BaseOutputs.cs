using System.Diagnostics.CodeAnalysis;
using Infra.Configuration.Model;
using Infra.Naming;

namespace Infra.Contracts;

/// <summary>
/// All outputs of base that runtime and previews may use. Names of outputs are stable, because deployed runtimes read them; to rename one,
/// write both for a while.
/// </summary>
public sealed record BaseOutputs
{
    private readonly NetworkOutputs? _network;

    /// <summary>The network of the environment.</summary>
    /// <exception cref="InvalidOperationException">The environment has none.</exception>
    [AllowNull]
    public NetworkOutputs Network
    {
        get => _network ?? throw new InvalidOperationException("there is no VPC: network.vpc is none");
        init => _network = value;
    }

    /// <summary>Certificate for the domain and every host in it, in the environment's region; none without a domain.</summary>
    public string? CertificateArn { get; init; }

    /// <summary>Route 53 zone of the domain; none where DNS is hosted elsewhere.</summary>
    public string? ZoneId { get; init; }

    /// <summary>Bucket for the load balancer's access logs; none without a VPC.</summary>
    public string? LoadBalancerLogBucket { get; init; }

    /// <summary>Customer managed KMS key of the environment; none where AWS's own keys are used.</summary>
    public string? KeyArn { get; init; }

    /// <summary>Topic that alarms are sent to.</summary>
    public required string AlertTopicArn { get; init; }

    /// <summary>Service Connect namespace; none where no service calls another.</summary>
    public string? NamespaceArn { get; init; }

    /// <summary>Resources of each service that outlive its tasks, by service.</summary>
    public required IReadOnlyDictionary<string, ServiceBaseResources> Services { get; init; }

    /// <summary>Resources of each agent that outlive its versions, by agent.</summary>
    public required IReadOnlyDictionary<string, AgentBaseResources> Agents { get; init; }

    /// <summary>User pool whose users invoke agents; none with IAM authorization.</summary>
    public UserPoolIdentity? Users { get; init; }

    /// <summary>ARNs of secrets that services read at start, by name.</summary>
    public required IReadOnlyDictionary<string, string> SecretArns { get; init; }

    /// <summary>Writes or reads every output: base passes values, runtime does not.</summary>
    public static BaseOutputs Exchange(IOutputChannel channel, EnvironmentConfig config, Names names, BaseOutputs? made)
    {
        var outputs = new BaseOutputs
        {
            CertificateArn = config.Domain is null
                ? null
                : channel.Text("certificate_arn", "Issued certificate of the domain and every host in it.", made?.CertificateArn),
            ZoneId = config.Domain is null or { Zone: ZoneSource.None }
                ? null
                : channel.Text("zone_id", "Route 53 zone of the domain.", made?.ZoneId),
            KeyArn = config.Security.Encryption == EncryptionKey.Customer
                ? channel.Text("key_arn", "KMS key of everything that is encrypted.", made?.KeyArn)
                : null,
            AlertTopicArn = channel.Text("alert_topic_arn", "Topic that alarms are sent to.", made?.AlertTopicArn),
            NamespaceArn = config.Services.Values.Any(service => service.Calls.Count > 0)
                ? channel.Text(
                    "service_connect_namespace_arn", "Cloud Map namespace in which services call each other.", made?.NamespaceArn)
                : null,
            Services = ServiceOutputs(channel, config, names, made),
            Agents = config.Agents.Keys.Order(StringComparer.Ordinal).ToDictionary(name => name, name => new AgentBaseResources(
                channel.Text($"agent_{Id(name)}_repository_url", $"ECR repository of agent {name}.", made?.Agents[name].RepositoryUrl),
                channel.Text($"agent_{Id(name)}_role_arn", $"Role of agent {name}.", made?.Agents[name].RoleArn),
                names.Release(name))),
            Users = config.Agents.Values.Any(agent => agent.Authorizer == AgentAuthorizer.Cognito)
                ? new UserPoolIdentity(
                    channel.Text("user_pool_id", "User pool whose people invoke agents.", made?.Users?.UserPoolId),
                    channel.Text("user_pool_client_id", "The application's client of that user pool.", made?.Users?.ClientId))
                : null,
            SecretArns = config.Services.Values
                .SelectMany(service => service.Containers.SelectMany(container => container.Variables.Secrets.Values))
                .Distinct()
                .Order(StringComparer.Ordinal)
                .ToDictionary(
                    secret => secret,
                    secret => channel.Text($"secret_{Id(secret)}_arn", $"Secret {secret}.", made?.SecretArns[secret])),
        };
        return config.Network.Vpc == VpcSource.None ? outputs : outputs with
        {
            Network = ExchangeNetwork(channel, config.Network, made?.Network),
            LoadBalancerLogBucket =
                channel.Text("alb_log_bucket", "Bucket for access logs of load balancers.", made?.LoadBalancerLogBucket),
        };
    }

    private static NetworkOutputs ExchangeNetwork(IOutputChannel channel, NetworkConfig config, NetworkOutputs? network) => new(
        channel.Text("vpc_id", "The VPC.", network?.VpcId),
        channel.List("public_subnet_ids", "Public subnets, one for each zone.", config.Zones.Count, network?.PublicSubnetIds),
        channel.List("private_subnet_ids", "Private subnets, one for each zone.", config.Zones.Count, network?.PrivateSubnetIds),
        channel.List("private_route_table_ids", "Route tables of the private subnets.", config.Zones.Count, network?.PrivateRouteTableIds),
        channel.Text("alb_security_group_id", "Security group of load balancers (alb-sg).", network?.LoadBalancerSecurityGroupId),
        channel.Text("ecs_security_group_id", "Security group of tasks (ecs-sg).", network?.TaskSecurityGroupId),
        config.Endpoints.Count == 0
            ? null
            : channel.Text(
                "endpoints_security_group_id", "Security group of interface endpoints (endpoints-sg).", network?.EndpointSecurityGroupId));

    private static Dictionary<string, ServiceBaseResources> ServiceOutputs(
        IOutputChannel channel, EnvironmentConfig config, Names names, BaseOutputs? made) =>
        config.Services.Keys.Order(StringComparer.Ordinal).ToDictionary(name => name, name =>
        {
            ServiceConfig its = config.Services[name];
            ServiceBaseResources? service = made?.Services[name];
            return new ServiceBaseResources(
                channel.Text($"service_{Id(name)}_repository_url", $"ECR repository of {name}.", service?.RepositoryUrl),
                channel.Text($"service_{Id(name)}_execution_role_arn", $"Role that starts tasks of {name}.", service?.ExecutionRoleArn),
                channel.Text($"service_{Id(name)}_task_role_arn", $"Role of {name} itself.", service?.TaskRoleArn),
                names.ServiceLogGroup(name),
                names.Release(name))
            {
                JobRoleArn = its.Jobs.Count == 0
                    ? null
                    : channel.Text($"service_{Id(name)}_job_role_arn", $"Role that starts jobs of {name}.", service?.JobRoleArn),
                MigrationRoleArn = its.Migration is null
                    ? null
                    : channel.Text(
                        $"service_{Id(name)}_migration_role_arn", $"Role that starts the migration of {name}.", service?.MigrationRoleArn),
            };
        });

    // Words in output names are separated by one underscore; levels of a name by two.
    private static string Id(string name) => AddressPart.Of(name).Replace("_", "__", StringComparison.Ordinal).Replace('-', '_');
}

/// <summary>Attributes of the user pool that runtime uses.</summary>
/// <param name="UserPoolId">The pool.</param>
/// <param name="ClientId">The application's client.</param>
public sealed record UserPoolIdentity(string UserPoolId, string ClientId);

/// <summary>Attributes of the network that runtime uses.</summary>
/// <param name="VpcId">The VPC.</param>
/// <param name="PublicSubnetIds">Public subnets, in the order of the zones.</param>
/// <param name="PrivateSubnetIds">Private subnets, in the order of the zones.</param>
/// <param name="PrivateRouteTableIds">Route tables of the private subnets, in the order of the zones.</param>
/// <param name="LoadBalancerSecurityGroupId">Security group <c>alb-sg</c>.</param>
/// <param name="TaskSecurityGroupId">Security group <c>ecs-sg</c>.</param>
/// <param name="EndpointSecurityGroupId">Security group <c>endpoints-sg</c>; none without interface endpoints.</param>
public sealed record NetworkOutputs(
    string VpcId,
    IReadOnlyList<string> PublicSubnetIds,
    IReadOnlyList<string> PrivateSubnetIds,
    IReadOnlyList<string> PrivateRouteTableIds,
    string LoadBalancerSecurityGroupId,
    string TaskSecurityGroupId,
    string? EndpointSecurityGroupId);
