using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Constructs.Databases;
using Infra.Constructs.Networking;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>Part of the base stack: VPC, security groups and flow logs.</summary>
internal sealed class BaseNetwork
{
    private readonly Network _network;
    private readonly SecurityGroups _groups;

    private BaseNetwork(BaseScope scope)
    {
        EnvironmentConfig config = scope.Config;
        _network = new Network(scope.Stack, "network", new NetworkProps(scope.Context, config.Network)
        {
            AgentsInVpc = config.Agents.Values.Any(agent => agent.Network == AgentNetworkMode.Vpc),
        });
        _groups = new SecurityGroups(scope.Stack, "security-groups", new SecurityGroupsProps
        {
            Context = scope.Context,
            VpcId = _network.VpcId,
            ServicePorts = [.. config.Services.Values.Where(service => service.IsListening).Select(service => service.Port!.Value)],
            IngressCidrs = config.Security.IngressCidrs,
            HasCertificate = config.Domain is not null,
            HasNat = config.Network.Nat != NatMode.None,
            HasEndpoints = config.Network.Endpoints.Count > 0,
            GatewayPrefixLists = _network.GatewayPrefixLists,
            Databases = [.. AllDatabases.Of(config).Select(database => database.Name)],
            CalledPorts =
                [.. config.Services.Values.SelectMany(service => service.Calls).Select(called => config.Services[called].Port!.Value)],
        });
        if (config.Network.FlowLogs)
            new FlowLogs(scope.Stack, "flow-logs", new FlowLogsProps(scope.Context, _network.VpcId, scope.LogRetentionDays));
    }

    public NetworkOutputs Outputs => new(
        _network.VpcId, _network.PublicSubnetIds, _network.PrivateSubnetIds, _network.PrivateRouteTableIds,
        _groups.LoadBalancer, _groups.Tasks, _groups.Endpoints);

    /// <summary>The network of an environment; null where it has none.</summary>
    public static BaseNetwork? Of(BaseScope scope) => scope.Config.Network.Vpc == VpcSource.None ? null : new BaseNetwork(scope);

    /// <summary>Subnets and security group of a database.</summary>
    public DatabasePlacement PlacementOf(DatabaseName database) => new(_network.PrivateSubnetIds, _groups.Databases[database]);
}
