using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Insight.Graph;

/// <summary>A graph in the JSON format of the layout library ELK, and its answer.</summary>
public static class ElkGraph
{
    // Of the widest usual sans-serif font, so that text fits its box with each of them.
    private const int LetterWidth = 7;
    private const int BoldLetterWidth = 9;
    private const int LongestName = 34;

    /// <summary>The graph without coordinates, with the sizes of nodes.</summary>
    public static string Write(EnvironmentGraph graph) => new JObject
    {
        ["id"] = "root",
        ["layoutOptions"] = new JObject
        {
            ["elk.algorithm"] = "layered",
            ["elk.direction"] = "RIGHT",
            ["elk.hierarchyHandling"] = "INCLUDE_CHILDREN",
            ["elk.edgeRouting"] = "ORTHOGONAL",
            ["elk.json.shapeCoords"] = "ROOT",
            ["elk.json.edgeCoords"] = "ROOT",
            ["elk.padding"] = "[top=16,left=16,bottom=16,right=16]",
            ["elk.spacing.nodeNode"] = "18",
            ["elk.spacing.edgeNode"] = "14",
            ["elk.spacing.edgeEdge"] = "8",
            ["elk.layered.spacing.nodeNodeBetweenLayers"] = "36",
            ["elk.layered.spacing.edgeNodeBetweenLayers"] = "14",
            ["elk.layered.spacing.edgeEdgeBetweenLayers"] = "8",
            ["elk.layered.mergeEdges"] = "true",
        },
        ["children"] = Children(graph, null),
        ["edges"] = new JArray(graph.Edges.Select((edge, index) => new JObject
        {
            ["id"] = $"e{index}",
            ["sources"] = new JArray(edge.From),
            ["targets"] = new JArray(edge.To),
        })),
    }.ToString(Formatting.None);

    /// <summary>Coordinates from ELK's answer.</summary>
    /// <param name="graph">The graph that was laid out.</param>
    /// <param name="answer">ELK's answer.</param>
    public static GraphLayout Read(EnvironmentGraph graph, string answer)
    {
        var root = JObject.Parse(answer);
        var boxes = root.Descendants().OfType<JObject>()
            .Where(shape => shape["id"] is not null && shape["width"] is not null && shape["sources"] is null)
            .ToDictionary(shape => (string)shape["id"]!, Box, StringComparer.Ordinal);
        var lines = root.Descendants().OfType<JObject>().Where(shape => shape["sources"] is not null)
            .ToDictionary(
                edge => graph.Edges[int.Parse(((string)edge["id"]!)[1..], System.Globalization.CultureInfo.InvariantCulture)], Points);
        return new GraphLayout((double)root["width"]!, (double)root["height"]!, boxes, lines);
    }

    /// <summary>A name that fits its node: the middle of a long one is left out.</summary>
    public static string Shortened(string name) =>
        name.Length <= LongestName ? name : $"{name[..(LongestName / 2)]}…{name[^(LongestName / 2 - 1)..]}";

    private static JArray Children(EnvironmentGraph graph, string? parent) =>
    [
        .. graph.Groups.Where(group => group.Parent == parent).Select(group => Group(graph, group)),
        .. graph.Nodes.Where(node => node.Group == parent).Select(node => new JObject
        {
            ["id"] = node.Id,
            ["width"] = 56 + Math.Max(BoldLetterWidth * Shortened(node.Name).Length, LetterWidth * Math.Max(16, node.Detail.Length)),
            ["height"] = 46,
        }),
    ];

    private static JObject Group(EnvironmentGraph graph, GraphGroup group)
    {
        JArray children = Children(graph, group.Id);
        int heading = 32 + LetterWidth * group.Label.Length;
        var box = new JObject
        {
            ["id"] = group.Id,
            ["layoutOptions"] = new JObject
            {
                ["elk.padding"] = "[top=38,left=16,bottom=16,right=16]",
                ["elk.nodeSize.constraints"] = "MINIMUM_SIZE",
                ["elk.nodeSize.minimum"] = $"({heading},44)",
            },
        };
        if (group.Kind == GroupKind.Unconnected)
        {
            // Layers would put nodes without edges below each other.
            box["layoutOptions"]!["elk.algorithm"] = "rectpacking";
            box["layoutOptions"]!["elk.hierarchyHandling"] = "SEPARATE_CHILDREN";
            box["layoutOptions"]!["elk.aspectRatio"] = "2.4";
        }

        if (children.Count > 0)
        {
            box["children"] = children;
        }
        else
        {
            box["width"] = heading;
            box["height"] = 44;
        }

        return box;
    }

    private static GraphBox Box(JObject shape) => new(
        (double?)shape["x"] ?? 0, (double?)shape["y"] ?? 0, (double)shape["width"]!, (double)shape["height"]!);

    private static IReadOnlyList<GraphPoint> Points(JObject edge) =>
    [
        .. from section in (JArray?)edge["sections"] ?? []
           from point in new[] { section["startPoint"]! }.Concat(section["bendPoints"] ?? new JArray()).Append(section["endPoint"]!)
           select new GraphPoint((double)point["x"]!, (double)point["y"]!),
    ];
}
