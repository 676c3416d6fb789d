namespace Infra.Operations.Insight;

/// <summary>Formats of <c>./infra graph</c>.</summary>
internal enum GraphFormat { Svg, Mermaid }
