using System.Globalization;
using System.Xml.Linq;

namespace Infra.Insight.Graph;

/// <summary>Writes a graph with coordinates as an SVG without scripts and external resources.</summary>
public static class SvgWriter
{
    private const double Top = 88;
    private const double NarrowestPage = 860;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    public static string Write(EnvironmentGraph graph, GraphLayout layout) =>
        Picture(graph, layout).ToString().ReplaceLineEndings("\n") + "\n";

    /// <summary>The element <c>svg</c>, for a file of its own or a page.</summary>
    public static XElement Picture(EnvironmentGraph graph, GraphLayout layout)
    {
        double width = Math.Max(NarrowestPage, layout.Width);
        double height = layout.Height + Top;
        Dictionary<string, GraphNode> nodes = graph.Nodes.ToDictionary(node => node.Id, StringComparer.Ordinal);
        return new XElement(
            s_svg + "svg",
            new XAttribute("width", Number(width)),
            new XAttribute("height", Number(height)),
            new XAttribute("viewBox", $"0 0 {Number(width)} {Number(height)}"),
            new XAttribute("role", "img"),
            Title($"Resources of {graph.Title}"),
            new XElement(s_svg + "style", SvgStyle.Text),
            new XElement(s_svg + "defs", Enum.GetValues<EdgeKind>().Select(ArrowHead)),
            Rectangle("page", new GraphBox(0, 0, width, height)),
            Label("heading", 16, 32, graph.Title),
            Legend(),
            new XElement(
                s_svg + "g",
                new XAttribute("transform", $"translate(0 {Number(Top)})"),
                graph.Groups.Select(group => Group(group, layout.Boxes[group.Id])),
                graph.Edges.Where(layout.Lines.ContainsKey).Select(edge => Edge(edge, layout.Lines[edge], nodes)),
                graph.Nodes.Select(node => Node(node, layout.Boxes[node.Id]))));
    }

    private static XElement Group(GraphGroup group, GraphBox box) => new(
        s_svg + "g",
        Title(group.Label),
        Rectangle($"group {group.Kind}", box),
        Label("label", box.X + 14, box.Y + 25, group.Label));

    private static XElement Node(GraphNode node, GraphBox box) => new(
        s_svg + "g",
        new XAttribute("class", node.Address.Stack),
        new XAttribute("id", node.Id),
        Title($"{node.Name}\n{node.Detail}\n{node.Address}"),
        Rectangle("node", box),
        Shape(node.Kind, box.X + 10, box.Y + 13),
        Label("name", box.X + 40, box.Y + 20, ElkGraph.Shortened(node.Name)),
        Label("detail", box.X + 40, box.Y + 36, node.Detail));

    private static XElement Edge(GraphEdge edge, IReadOnlyList<GraphPoint> points, Dictionary<string, GraphNode> nodes) => new(
        s_svg + "polyline",
        new XAttribute("class", $"edge {edge.Kind}"),
        new XAttribute("points", string.Join(' ', points.Select(point => $"{Number(point.X)},{Number(point.Y)}"))),
        new XAttribute("marker-end", $"url(#head-{edge.Kind})"),
        Title($"{Meaning(edge.Kind)}: {nodes[edge.From].Address} → {nodes[edge.To].Address}"));

    private static XElement ArrowHead(EdgeKind kind) => new(
        s_svg + "marker",
        new XAttribute("id", $"head-{kind}"),
        new XAttribute("viewBox", "0 0 8 8"),
        new XAttribute("refX", "8"),
        new XAttribute("refY", "4"),
        new XAttribute("markerWidth", "8"),
        new XAttribute("markerHeight", "8"),
        new XAttribute("markerUnits", "userSpaceOnUse"),
        new XAttribute("orient", "auto"),
        new XElement(s_svg + "path", new XAttribute("class", $"head-{kind}"), new XAttribute("d", "M0 0 8 4 0 8Z")));

    private static IEnumerable<XElement> Legend()
    {
        double x = 16;
        foreach ((string stack, string text) in new[] { ("base", "base"), ("runtime", "runtime"), ("other", "other stacks") })
        {
            yield return new XElement(
                s_svg + "g",
                new XAttribute("class", stack),
                Rectangle("node", new GraphBox(x, 51, 24, 16)),
                Label("label", x + 32, 63, text));
            x += 64 + 7 * text.Length;
        }

        foreach (EdgeKind kind in Enum.GetValues<EdgeKind>())
        {
            yield return new XElement(
                s_svg + "g",
                new XElement(
                    s_svg + "polyline",
                    new XAttribute("class", $"edge {kind}"),
                    new XAttribute("points", $"{Number(x)},59 {Number(x + 34)},59"),
                    new XAttribute("marker-end", $"url(#head-{kind})")),
                Label("label", x + 42, 63, Meaning(kind)));
            x += 72 + 7 * Meaning(kind).Length;
        }
    }

    private static string Meaning(EdgeKind kind) => kind switch
    {
        EdgeKind.Traffic => "traffic",
        EdgeKind.Permission => "has permissions",
        _ => "refers to",
    };

    /// <summary>A neutral shape for what a resource is for, in a square of 20.</summary>
    private static XElement Shape(NodeKind kind, double x, double y) => new(
        s_svg + "path",
        new XAttribute("class", "shape"),
        new XAttribute("transform", $"translate({Number(x)} {Number(y)})"),
        new XAttribute("d", kind switch
        {
            NodeKind.Entry => "M2 10a8 8 0 1 0 16 0a8 8 0 1 0 -16 0M2 10H18M10 2C5 7 5 13 10 18C15 13 15 7 10 2",
            NodeKind.Compute => "M10 2 17 6V14L10 18 3 14V6ZM3 6 10 10 17 6M10 10V18",
            NodeKind.Data => "M3 5c0-4 14-4 14 0v10c0 4-14 4-14 0ZM3 5c0 4 14 4 14 0",
            NodeKind.Security => "M10 2 17 5V10C17 14 14 17 10 18C6 17 3 14 3 10V5Z",
            NodeKind.Messaging => "M2 4H18V16H2ZM2 4 10 11 18 4",
            _ => "M2 7H15M11 3 15 7M18 13H5M9 9 5 13 9 17",
        }));

    private static XElement Rectangle(string kind, GraphBox box) => new(
        s_svg + "rect",
        new XAttribute("class", kind),
        new XAttribute("x", Number(box.X)),
        new XAttribute("y", Number(box.Y)),
        new XAttribute("width", Number(box.Width)),
        new XAttribute("height", Number(box.Height)));

    private static XElement Label(string kind, double x, double y, string text) => new(
        s_svg + "text", new XAttribute("class", kind), new XAttribute("x", Number(x)), new XAttribute("y", Number(y)), text);

    private static XElement Title(string text) => new(s_svg + "title", text);

    private static string Number(double number) => Math.Round(number, 1).ToString(CultureInfo.InvariantCulture);
}
