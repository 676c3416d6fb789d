using Constructs;
using HashiCorp.Cdktf.Providers.Aws.SecurityGroup;
using HashiCorp.Cdktf.Providers.Aws.VpcSecurityGroupEgressRule;
using HashiCorp.Cdktf.Providers.Aws.VpcSecurityGroupIngressRule;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Networking;

/// <summary>
/// Security groups from the internet to the data: <c>alb-sg</c> allows HTTP and HTTPS, <c>ecs-sg</c> only traffic from alb-sg,
/// <c>rds-sg</c> and
/// <c>endpoints-sg</c> only traffic from ecs-sg. Each may send only what the next one needs.
/// </summary>
internal sealed class SecurityGroups : Construct
{
    private const int Https = 443;
    private const int Http = 80;
    private const int Postgres = 5432;

    /// <summary>The only port on which tasks may connect to the internet.</summary>
    public const int OutboundPort = Https;

    private readonly SecurityGroupsProps _props;
    private readonly Dictionary<DatabaseName, string> _databases = [];

    public SecurityGroups(Construct scope, string id, SecurityGroupsProps props) : base(scope, id)
    {
        _props = props;
        LoadBalancer = Group("alb-sg", "Load balancer: the web's ports from outside");
        Tasks = Group("ecs-sg", "Tasks: their ports from the load balancer");
        foreach (int port in props.HasCertificate ? new[] { Http, Https } : [Http])
            // The id is derived from the CIDR block, so that adding or removing one does not change the rules of the others.
            foreach (string cidr in props.IngressCidrs)
                Ingress($"alb-{port}-{cidr.Replace('.', '-').Replace('/', '-')}", LoadBalancer, port, $"Port {port} from {cidr}",
                    cidr: cidr);

        foreach (int port in props.ServicePorts.Distinct().Order())
        {
            Egress($"alb-tasks-{port}", LoadBalancer, port, $"Port {port} of tasks", group: Tasks);
            Ingress($"tasks-{port}", Tasks, port, $"Port {port} from the load balancer", group: LoadBalancer);
        }
        foreach (int port in props.CalledPorts.Distinct().Order())
        {
            Egress($"tasks-tasks-{port}", Tasks, port, $"Port {port} of services that are called", group: Tasks);
            Ingress($"tasks-tasks-{port}", Tasks, port, $"Port {port} from services that call", group: Tasks);
        }
        if (props.HasEndpoints)
        {
            Endpoints = Group("endpoints-sg", "Endpoints: AWS's APIs from tasks");
            Ingress("endpoints-tasks", Endpoints, Https, "AWS's APIs from tasks", group: Tasks);
        }
        Outbound();

        foreach (DatabaseName database in props.Databases)
        {
            string suffix = database.Name is null ? "" : $"-{database.Name}";
            string group = _databases[database] = Group($"rds{suffix}-sg", "Database: PostgreSQL from tasks");
            Ingress($"database{suffix}-tasks", group, Postgres, "PostgreSQL from tasks", group: Tasks);
            Egress($"tasks-database{suffix}", Tasks, Postgres, "PostgreSQL", group: group);
        }
    }

    /// <summary>Id of <c>alb-sg</c>.</summary>
    public string LoadBalancer { get; }

    /// <summary>Id of <c>ecs-sg</c>.</summary>
    public string Tasks { get; }

    /// <summary>Id of <c>endpoints-sg</c>; none without interface endpoints.</summary>
    public string? Endpoints { get; }

    /// <summary>Ids of <c>rds-sg</c> and similar groups, by database.</summary>
    public IReadOnlyDictionary<DatabaseName, string> Databases => _databases;

    // Without internet access, rules that allow it would only be wrong.
    private void Outbound()
    {
        if (_props.HasNat)
        {
            Egress("tasks-https", Tasks, OutboundPort, "AWS's and others' APIs, images", cidr: "0.0.0.0/0");
            return;
        }
        foreach ((string service, string prefixList) in _props.GatewayPrefixLists)
            Egress($"tasks-{service}", Tasks, Https, $"{service} by its gateway endpoint", prefixList: prefixList);
        if (Endpoints is not null)
            Egress("tasks-endpoints", Tasks, Https, "AWS's APIs by their endpoints", group: Endpoints);
    }

    // Names are unique within a VPC, and each environment has its own.
    private string Group(string name, string description) =>
        new SecurityGroup(this, name, new SecurityGroupConfig
        {
            Name = name,
            Description = description,
            VpcId = _props.VpcId,
            Tags = _props.Context.NameTag(name),
        }).Named(name).Id;

    private void Ingress(string id, string of, int port, string description, string? cidr = null, string? group = null) =>
        new VpcSecurityGroupIngressRule(this, $"{id}-in", new VpcSecurityGroupIngressRuleConfig
        {
            SecurityGroupId = of,
            IpProtocol = "tcp",
            FromPort = port,
            ToPort = port,
            CidrIpv4 = cidr,
            ReferencedSecurityGroupId = group,
            Description = description,
        }).Named(id);

    private void Egress(
        string id, string of, int port, string description, string? cidr = null, string? group = null, string? prefixList = null) =>
        new VpcSecurityGroupEgressRule(this, $"{id}-out", new VpcSecurityGroupEgressRuleConfig
        {
            SecurityGroupId = of,
            IpProtocol = "tcp",
            FromPort = port,
            ToPort = port,
            CidrIpv4 = cidr,
            ReferencedSecurityGroupId = group,
            PrefixListId = prefixList,
            Description = description,
        }).Named(id);
}

internal sealed record SecurityGroupsProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>VPC that the groups belong to.</summary>
    public required string VpcId { get; init; }

    /// <summary>Ports that the load balancer forwards to.</summary>
    public required IReadOnlyList<int> ServicePorts { get; init; }

    /// <summary>CIDR blocks that can reach the load balancer.</summary>
    public required IReadOnlyList<string> IngressCidrs { get; init; }

    /// <summary>Whether the load balancer serves HTTPS.</summary>
    public required bool HasCertificate { get; init; }

    /// <summary>Whether tasks have internet access.</summary>
    public required bool HasNat { get; init; }

    /// <summary>Whether there are interface endpoints.</summary>
    public required bool HasEndpoints { get; init; }

    /// <summary>Prefix lists of the gateway endpoints, by service.</summary>
    public required IReadOnlyDictionary<string, string> GatewayPrefixLists { get; init; }

    /// <summary>Databases that tasks connect to.</summary>
    public required IReadOnlyList<DatabaseName> Databases { get; init; }

    /// <summary>Ports on which services call each other.</summary>
    public IReadOnlyList<int> CalledPorts { get; init; } = [];
}
