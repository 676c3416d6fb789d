using System.Text;

namespace Infra.Insight.Graph;

/// <summary>Writes a graph as a Mermaid flowchart, which GitHub draws in pull requests.</summary>
public static class MermaidWriter
{
    public static string Write(EnvironmentGraph graph)
    {
        var text = new StringBuilder("---\n").Append($"title: \"{Escape(graph.Title)}\"\n---\nflowchart LR\n");
        Children(graph, null, "  ", text);
        foreach (GraphEdge edge in graph.Edges)
            text.Append($"  {edge.From} {Arrow(edge.Kind)} {edge.To}\n");
        text.Append("  classDef base stroke:#2563eb,stroke-width:2px\n")
            .Append("  classDef runtime stroke:#d97706,stroke-width:2px,stroke-dasharray:6 3\n");
        foreach (IGrouping<string, GraphNode> stack in graph.Nodes.GroupBy(node => node.Address.Stack))
        {
            if (stack.Key is "base" or "runtime")
                text.Append($"  class {string.Join(',', stack.Select(node => node.Id))} {stack.Key}\n");
        }

        return text.ToString();
    }

    private static void Children(EnvironmentGraph graph, string? parent, string indent, StringBuilder text)
    {
        foreach (GraphGroup group in graph.Groups.Where(group => group.Parent == parent))
        {
            text.Append($"{indent}subgraph {group.Id} [\"{Escape(group.Label)}\"]\n");
            Children(graph, group.Id, indent + "  ", text);
            text.Append($"{indent}end\n");
        }

        foreach (GraphNode node in graph.Nodes.Where(node => node.Group == parent))
        {
            (string open, string close) = node.Kind switch
            {
                NodeKind.Entry => ("([", "])"),
                NodeKind.Data => ("[(", ")]"),
                NodeKind.Security => ("{{", "}}"),
                NodeKind.Messaging => (">", "]"),
                _ => ("[", "]"),
            };
            text.Append($"{indent}{node.Id}{open}\"{Escape(node.Name)}<br>{Escape(node.Detail)}\"{close}\n");
        }
    }

    private static string Arrow(EdgeKind kind) => kind switch
    {
        EdgeKind.Traffic => "==>",
        EdgeKind.Permission => "-.->",
        _ => "-->",
    };

    private static string Escape(string text) => text
        .Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal);
}
