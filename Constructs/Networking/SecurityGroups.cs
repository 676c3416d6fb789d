using Constructs;
using HashiCorp.Cdktf.Providers.Aws.SecurityGroup;
using HashiCorp.Cdktf.Providers.Aws.VpcSecurityGroupEgressRule;
using HashiCorp.Cdktf.Providers.Aws.VpcSecurityGroupIngressRule;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Networking;

/// <summary>
/// The chain from the internet to the data: <c>alb-sg</c> takes the web's ports, <c>ecs-sg</c> only what alb-sg sends,
/// <c>rds-sg</c> only what ecs-sg sends. Each may send no further than the next one needs.
/// </summary>
internal sealed class SecurityGroups : Construct
{
    private const int Https = 443;
    private const int Http = 80;
    private const int Postgres = 5432;

    public SecurityGroups(Construct scope, string id, SecurityGroupsProps props) : base(scope, id)
    {
        LoadBalancer = Group(props, "alb-sg", "Load balancer: the web's ports from outside");
        Tasks = Group(props, "ecs-sg", "Tasks: their ports from the load balancer");
        foreach (int port in props.HasCertificate ? new[] { Http, Https } : [Http])
            // Named by the block, so that one more or less leaves the others open.
            foreach (string cidr in props.IngressCidrs)
                Ingress($"alb-{port}-{cidr.Replace('.', '-').Replace('/', '-')}", LoadBalancer, port, $"Port {port} from {cidr}", cidr: cidr);

        foreach (int port in props.ServicePorts.Distinct().Order())
        {
            Egress($"alb-tasks-{port}", LoadBalancer, port, $"Port {port} of tasks", group: Tasks);
            Ingress($"tasks-{port}", Tasks, port, $"Port {port} from the load balancer", group: LoadBalancer);
        }
        Egress("tasks-https", Tasks, Https, "AWS's and others' APIs, images", cidr: "0.0.0.0/0");

        if (!props.HasDatabase) return;
        Database = Group(props, "rds-sg", "Database: PostgreSQL from tasks");
        Ingress("database-tasks", Database, Postgres, "PostgreSQL from tasks", group: Tasks);
        Egress("tasks-database", Tasks, Postgres, "PostgreSQL", group: Database);
    }

    /// <summary>Id of <c>alb-sg</c>.</summary>
    public string LoadBalancer { get; }

    /// <summary>Id of <c>ecs-sg</c>.</summary>
    public string Tasks { get; }

    /// <summary>Id of <c>rds-sg</c>; none without a database.</summary>
    public string? Database { get; }

    // Names are unique within a VPC, and each environment has its own.
    private string Group(SecurityGroupsProps props, string name, string description) =>
        new SecurityGroup(this, name, new SecurityGroupConfig
        {
            Name = name,
            Description = description,
            VpcId = props.VpcId,
            Tags = props.Context.NameTag(name),
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

    private void Egress(string id, string of, int port, string description, string? cidr = null, string? group = null) =>
        new VpcSecurityGroupEgressRule(this, $"{id}-out", new VpcSecurityGroupEgressRuleConfig
        {
            SecurityGroupId = of,
            IpProtocol = "tcp",
            FromPort = port,
            ToPort = port,
            CidrIpv4 = cidr,
            ReferencedSecurityGroupId = group,
            Description = description,
        }).Named(id);
}

/// <param name="Context">The deployment.</param>
/// <param name="VpcId">VPC that the groups belong to.</param>
/// <param name="ServicePorts">Ports that services listen on.</param>
/// <param name="IngressCidrs">Who reaches the load balancer.</param>
/// <param name="HasCertificate">Whether the load balancer serves HTTPS.</param>
/// <param name="HasDatabase">Whether there is a database to reach.</param>
internal sealed record SecurityGroupsProps(
    DeploymentContext Context,
    string VpcId,
    IReadOnlyList<int> ServicePorts,
    IReadOnlyList<string> IngressCidrs,
    bool HasCertificate,
    bool HasDatabase);
