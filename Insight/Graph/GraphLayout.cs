namespace Infra.Insight.Graph;

/// <summary>Coordinates of a graph, from its upper left corner.</summary>
/// <param name="Width">Width of the picture.</param>
/// <param name="Height">Its height.</param>
/// <param name="Boxes">Groups and nodes, by id.</param>
/// <param name="Lines">Corners of each edge, from its start to its end.</param>
public sealed record GraphLayout(
    double Width,
    double Height,
    IReadOnlyDictionary<string, GraphBox> Boxes,
    IReadOnlyDictionary<GraphEdge, IReadOnlyList<GraphPoint>> Lines);

public sealed record GraphBox(double X, double Y, double Width, double Height);

public sealed record GraphPoint(double X, double Y);
