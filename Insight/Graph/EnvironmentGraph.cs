namespace Infra.Insight.Graph;

/// <summary>What a picture of an environment shows, without coordinates.</summary>
/// <param name="Title">Project and environment.</param>
/// <param name="Groups">Nested boxes, each after its parent.</param>
/// <param name="Nodes">Sorted by stack and address.</param>
/// <param name="Edges">At most one for each pair of nodes, sorted.</param>
public sealed record EnvironmentGraph(
    string Title, IReadOnlyList<GraphGroup> Groups, IReadOnlyList<GraphNode> Nodes, IReadOnlyList<GraphEdge> Edges);

/// <summary>A box around nodes or other boxes: an account, a region, a VPC, an Availability Zone, a subnet.</summary>
/// <param name="Id">Unique among groups and nodes.</param>
/// <param name="Parent">Id of the box that contains it; null for the outermost one.</param>
/// <param name="Label">Its heading.</param>
/// <param name="Kind">What it is.</param>
public sealed record GraphGroup(string Id, string? Parent, string Label, GroupKind Kind);

public enum GroupKind { Account, Region, Vpc, Zone, Subnet, Category, Unconnected }

/// <summary>One resource.</summary>
/// <param name="Id">Unique among groups and nodes.</param>
/// <param name="Group">Id of the box that contains it.</param>
/// <param name="Kind">What it is for, which decides its shape.</param>
/// <param name="Name">Name in AWS, or in Terraform if AWS generates it.</param>
/// <param name="Detail">Kind of resource in AWS's words: <c>ECS service, 2 zones</c>.</param>
/// <param name="Address">Stack and address in Terraform.</param>
public sealed record GraphNode(string Id, string Group, NodeKind Kind, string Name, string Detail, MappedAddress Address);

public enum NodeKind { Entry, Compute, Data, Security, Messaging, Network }

/// <param name="From">Id of a node.</param>
/// <param name="To">Id of another node.</param>
/// <param name="Kind">The most specific kind of connection between the two.</param>
public sealed record GraphEdge(string From, string To, EdgeKind Kind);

/// <summary>In order of precedence: of two connections between the same nodes, the first one is drawn.</summary>
public enum EdgeKind
{
    /// <summary>Requests or packets are sent from one to the other.</summary>
    Traffic,

    /// <summary>A policy of its role names the other.</summary>
    Permission,

    /// <summary>Its arguments refer to the other.</summary>
    Reference,
}
