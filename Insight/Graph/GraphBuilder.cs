using Newtonsoft.Json.Linq;

namespace Infra.Insight.Graph;

/// <summary>Builds the graph of an environment from its synthesized stacks.</summary>
public sealed class GraphBuilder
{
    /// <summary>Resources through which another one names its VPC.</summary>
    private static readonly HashSet<string> s_inVpc = new(StringComparer.Ordinal)
    {
        "aws_db_subnet_group", "aws_elasticache_subnet_group", "aws_route_table", "aws_security_group", "aws_subnet", "aws_vpc",
    };

    private readonly GraphResources _resources;
    private readonly List<GraphGroup> _groups = [];
    private readonly Dictionary<MappedAddress, string> _subnets = [];
    private readonly string _region;

    private GraphBuilder(IReadOnlyList<StackJson> stacks, string account, string region)
    {
        _resources = new GraphResources(stacks);
        string outermost = Group("account", null, $"AWS account {account}", GroupKind.Account);
        _region = Group("region", outermost, region, GroupKind.Region);
        AddNetworks();
    }

    /// <param name="title">Project and environment.</param>
    /// <param name="account">Account of the environment.</param>
    /// <param name="region">Its region.</param>
    /// <param name="stacks">All its stacks.</param>
    public static EnvironmentGraph Build(string title, string account, string region, IReadOnlyList<StackJson> stacks) =>
        new GraphBuilder(stacks, account, region).Build(title);

    private EnvironmentGraph Build(string title)
    {
        (MappedResource From, MappedResource To, EdgeKind Kind)[] connections = [.. new GraphConnections(_resources).All()];
        HashSet<MappedAddress> connected =
            [.. connections.SelectMany(connection => new[] { connection.From.Address, connection.To.Address })];
        GraphNode[] nodes =
        [
            .. from resource in _resources.All
               let drawn = DrawnType.Of(resource.Type)
               where drawn is not null
               select new GraphNode(
                   Id(resource.Address),
                   GroupOf(resource, drawn, connected.Contains(resource.Address)),
                   drawn.Kind,
                   NameOf(_resources, resource),
                   DetailOf(resource, drawn),
                   resource.Address),
        ];
        GraphEdge[] edges =
        [
            .. connections.Select(each => new GraphEdge(Id(each.From.Address), Id(each.To.Address), each.Kind)),
        ];
        return new EnvironmentGraph(title, _groups, nodes, edges);
    }

    private void AddNetworks()
    {
        foreach (MappedResource vpc in OfType("aws_vpc"))
        {
            JObject network = _resources.Element(vpc).Arguments;
            _subnets[vpc.Address] = Group(Id(vpc.Address), _region, $"VPC {vpc.Name} {network["cidr_block"]}", GroupKind.Vpc);
        }

        foreach (MappedResource subnet in OfType("aws_subnet"))
        {
            JObject arguments = _resources.Element(subnet).Arguments;
            if (_resources.Named(subnet, "vpc_id") is not { } vpc || !_subnets.TryGetValue(vpc.Address, out string? parent))
                continue;
            string zone = (string?)arguments["availability_zone"] ?? "any zone";
            string id = Group(Id($"{parent}_{zone}"), parent, $"Availability Zone {zone}", GroupKind.Zone);
            _subnets[subnet.Address] =
                Group(Id(subnet.Address), id, $"{subnet.Name ?? subnet.Address.Address} {arguments["cidr_block"]}", GroupKind.Subnet);
        }
    }

    private IEnumerable<MappedResource> OfType(string type) => _resources.All.Where(resource => resource.Type == type);

    /// <summary>Adds the box unless there is one with this id.</summary>
    private string Group(string id, string? parent, string label, GroupKind kind)
    {
        if (!_groups.Exists(group => group.Id == id))
            _groups.Add(new GraphGroup(id, parent, label, kind));
        return id;
    }

    private string GroupOf(MappedResource resource, DrawnType drawn, bool connected)
    {
        // A resource in several subnets is in their VPC.
        if (drawn.Place == Place.Vpc || _resources.DependsOn(resource).Any(target => target.Type == "aws_subnet"))
        {
            return _resources.Named(resource, "subnet_id") is { } subnet && _subnets.TryGetValue(subnet.Address, out string? one)
                ? one
                : VpcOf(resource) ?? _region;
        }

        if (drawn.Place == Place.Account)
            return "account";
        if (!connected)
            return Group("unconnected", _region, "Without connections to the others", GroupKind.Unconnected);
        return drawn.Kind switch
        {
            NodeKind.Data => Group("data", _region, "Data and images", GroupKind.Category),
            NodeKind.Security when resource.Type != "aws_wafv2_web_acl" =>
                Group("security", _region, "Identity and secrets", GroupKind.Category),
            _ => _region,
        };
    }

    /// <summary>The box of the VPC that its subnets or security groups are in; if it names none, of the only VPC.</summary>
    private string? VpcOf(MappedResource resource)
    {
        var seen = new HashSet<MappedAddress>();
        var queue = new Queue<MappedResource>([resource]);
        while (queue.TryDequeue(out MappedResource? at))
        {
            if (at.Type == "aws_vpc")
                return _subnets[at.Address];
            foreach (MappedResource next in _resources.DependsOn(at).Where(next => s_inVpc.Contains(next.Type) && seen.Add(next.Address)))
                queue.Enqueue(next);
        }

        GraphGroup[] all = [.. _groups.Where(group => group.Kind == GroupKind.Vpc)];
        return all is [var only] ? only.Id : null;
    }

    /// <summary>Name in AWS; the one in Terraform if AWS generates it.</summary>
    internal static string NameOf(GraphResources resources, MappedResource resource)
    {
        JObject arguments = resources.Element(resource).Arguments;
        return resource.Name
            ?? (string?)(arguments["aliases"] as JArray)?.FirstOrDefault()
            ?? (string?)arguments["comment"]
            ?? resource.Address.Address.Split('.')[^1];
    }

    private string DetailOf(MappedResource resource, DrawnType drawn)
    {
        // One task at a time, in one of the zones.
        if (_resources.Element(resource).Arguments.SelectToken("target.ecs_parameters") is not null)
            return "ECS scheduled task";
        int zones = _resources.DependsOn(resource)
            .SelectMany(target => target.Type == "aws_db_subnet_group" ? _resources.DependsOn(target) : [target])
            .Where(target => target.Type == "aws_subnet")
            .Select(subnet => (string?)_resources.Element(subnet).Arguments["availability_zone"]).Distinct().Count();
        bool inSubnet = _resources.Element(resource).Arguments["subnet_id"] is not null;
        return zones > 1 && !inSubnet ? $"{drawn.Label}, {zones} zones" : drawn.Label;
    }

    // Letters, digits and underscores only: Mermaid's ids.
    private static string Id(MappedAddress address) => Id($"{address.Stack}_{address.Address}");

    private static string Id(string text) =>
        string.Concat(text.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));
}
