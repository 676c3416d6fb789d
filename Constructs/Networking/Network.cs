using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.DefaultSecurityGroup;
using HashiCorp.Cdktf.Providers.Aws.InternetGateway;
using HashiCorp.Cdktf.Providers.Aws.Route;
using HashiCorp.Cdktf.Providers.Aws.RouteTable;
using HashiCorp.Cdktf.Providers.Aws.RouteTableAssociation;
using HashiCorp.Cdktf.Providers.Aws.Subnet;
using HashiCorp.Cdktf.Providers.Aws.Vpc;
using HashiCorp.Cdktf.Providers.Aws.VpcEndpoint;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Networking;

/// <summary>
/// A VPC with one public and one private subnet in each zone. Private subnets have their own route tables, to which
/// <see cref="NatGateways"/> adds the default route; S3 and DynamoDB are reached through gateway endpoints, which are free of charge.
/// </summary>
internal sealed class Network : Construct
{
    private readonly DeploymentContext _context;

    public Network(Construct scope, string id, NetworkProps props) : base(scope, id)
    {
        _context = props.Context;
        NetworkConfig config = props.Config;

        Vpc vpc = new Vpc(this, "vpc", new VpcConfig
        {
            CidrBlock = config.Cidr,
            EnableDnsHostnames = true,
            EnableDnsSupport = true,
            Tags = _context.NameTag(""),
            Lifecycle = new TerraformResourceLifecycle
            {
                PreventDestroy = _context.Disposable ? null : true,
                Precondition = new ZoneChecks(this, _context.Region, config.Zones).Of(props.AgentsInVpc),
            },
        }).Named("vpc");
        VpcId = vpc.Id;

        // Terraform adopts the default security group and removes its rules, so that nothing can depend on it.
        new DefaultSecurityGroup(this, "closed", new DefaultSecurityGroupConfig
        {
            VpcId = VpcId,
            Tags = _context.NameTag("default-closed"),
        }).Named("closed");

        string gatewayId = new InternetGateway(this, "gateway", new InternetGatewayConfig
        {
            VpcId = VpcId,
            Tags = _context.NameTag(""),
        }).Named("gateway").Id;

        string publicTable = RouteTable("public");
        new Route(this, "internet", new RouteConfig
        {
            RouteTableId = publicTable,
            DestinationCidrBlock = "0.0.0.0/0",
            GatewayId = gatewayId,
        }).Named("internet");

        var publicSubnets = new List<string>();
        var privateSubnets = new List<string>();
        var privateTables = new List<string>();
        foreach ((string zone, int index) in config.Zones.Select((zone, index) => (zone, index)))
        {
            publicSubnets.Add(Subnet($"public-{zone}", zone, config.PublicSubnets[index], publicTable));
            privateTables.Add(RouteTable($"private-{zone}"));
            privateSubnets.Add(Subnet($"private-{zone}", zone, config.PrivateSubnets[index], privateTables[^1]));
        }

        var prefixLists = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string service in new[] { "s3", "dynamodb" })
            prefixLists[service] = new VpcEndpoint(this, service, new VpcEndpointConfig
            {
                VpcId = VpcId,
                ServiceName = $"com.amazonaws.{_context.Region}.{service}",
                VpcEndpointType = "Gateway",
                RouteTableIds = [.. privateTables],
                Tags = _context.NameTag(service),
            }).Named(service).PrefixListId;

        PublicSubnetIds = publicSubnets;
        PrivateSubnetIds = privateSubnets;
        PrivateRouteTableIds = privateTables;
        GatewayPrefixLists = prefixLists;
    }

    public string VpcId { get; }

    /// <summary>One for each zone, in the order of the zones.</summary>
    public IReadOnlyList<string> PublicSubnetIds { get; }

    /// <summary>One for each zone, in the order of the zones.</summary>
    public IReadOnlyList<string> PrivateSubnetIds { get; }

    /// <summary>One for each zone, in the order of the zones.</summary>
    public IReadOnlyList<string> PrivateRouteTableIds { get; }

    /// <summary>Prefix lists of the gateway endpoints, by service.</summary>
    public IReadOnlyDictionary<string, string> GatewayPrefixLists { get; }

    private string RouteTable(string name) => new RouteTable(this, name, new RouteTableConfig
    {
        VpcId = VpcId,
        Tags = _context.NameTag(name),
    }).Named(name).Id;

    private string Subnet(string name, string zone, string cidr, string routeTableId)
    {
        string subnetId = new Subnet(this, $"{name}-subnet", new SubnetConfig
        {
            VpcId = VpcId,
            AvailabilityZone = _context.Region + zone,
            CidrBlock = cidr,
            MapPublicIpOnLaunch = false,
            Tags = _context.NameTag(name),
            Lifecycle = _context.PreventDestroy(),
        }).Named(name).Id;
        new RouteTableAssociation(this, $"{name}-association", new RouteTableAssociationConfig
        {
            SubnetId = subnetId,
            RouteTableId = routeTableId,
        }).Named(name);
        return subnetId;
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Config">Addresses and zones; defaults of subnets are filled in, one for each zone.</param>
internal sealed record NetworkProps(DeploymentContext Context, NetworkConfig Config)
{
    /// <summary>Whether AgentCore agents run in it; AgentCore supports only some zones.</summary>
    public bool AgentsInVpc { get; init; }
}
