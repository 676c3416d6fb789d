using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.Eip;
using HashiCorp.Cdktf.Providers.Aws.NatGateway;
using HashiCorp.Cdktf.Providers.Aws.Route;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Networking;

/// <summary>
/// Internet access of private subnets: one NAT gateway that all zones share, or one in each zone, so that the loss of a zone does not
/// affect the others. Charged per hour, so the gateways and their routes are in the runtime stack.
/// </summary>
internal sealed class NatGateways : Construct
{
    public NatGateways(Construct scope, string id, NatGatewaysProps props) : base(scope, id)
    {
        IReadOnlyList<string> zones = props.Config.Zones;
        int count = props.Config.Nat switch
        {
            NatMode.OneGateway => 1,
            NatMode.GatewayPerZone => zones.Count,
            var other => throw new ArgumentException(
                $"network.nat is '{other.Text()}', which has no NAT gateway; those that have: single, perZone", nameof(props)),
        };

        var gateways = new List<string>();
        for (int i = 0; i < count; i++)
        {
            string name = $"nat-{zones[i]}";
            string address = new Eip(this, $"{name}-address", new EipConfig
            {
                Domain = "vpc",
                Tags = props.Context.NameTag(name),
            }).Named(name).AllocationId;
            gateways.Add(new NatGateway(this, name, new NatGatewayConfig
            {
                AllocationId = address,
                SubnetId = props.PublicSubnetIds[i],
                ConnectivityType = "public",
                Tags = props.Context.NameTag(name),
            }).Named(name).Id);
        }

        var routes = new List<ITerraformDependable>();
        for (int i = 0; i < zones.Count; i++)
            routes.Add(new Route(this, $"out-{zones[i]}", new RouteConfig
            {
                RouteTableId = props.PrivateRouteTableIds[i],
                DestinationCidrBlock = "0.0.0.0/0",
                NatGatewayId = gateways[count == 1 ? 0 : i],
            }).Named($"out-{zones[i]}"));
        Routes = routes;
    }

    /// <summary>Routes to the gateways; resources that need internet access depend on them.</summary>
    public IReadOnlyList<ITerraformDependable> Routes { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="Config">Zones, and how many NAT gateways.</param>
/// <param name="PublicSubnetIds">Subnets of the gateways, in the order of the zones.</param>
/// <param name="PrivateRouteTableIds">Route tables that get the default route, in the order of the zones.</param>
internal sealed record NatGatewaysProps(
    DeploymentContext Context,
    NetworkConfig Config,
    IReadOnlyList<string> PublicSubnetIds,
    IReadOnlyList<string> PrivateRouteTableIds);
