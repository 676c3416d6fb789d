namespace Infra.Insight.Graph;

/// <summary>Style sheet of the pictures, for light and dark pages.</summary>
internal static class SvgStyle
{
    public const string Text = """

        svg { --page: #ffffff; --text: #1f2937; --quiet: #4b5563; --node: #ffffff; --line: #9ca3af; --account: #f9fafb; --region: #f3f4f6;
          --vpc: #ecf3fe; --zone: #dfeafd; --subnet: #f8fbff; --category: #fafafa; --base: #2563eb; --runtime: #d97706; --other: #6b7280;
          --traffic: #0f766e; --permission: #9333ea; --reference: #6b7280; }
        @media (prefers-color-scheme: dark) {
          svg { --page: #0d1117; --text: #e6edf3; --quiet: #a3adb8; --node: #1c2430; --line: #4b5563; --account: #10161e; --region: #141c26;
            --vpc: #14233a; --zone: #1a2d4a; --subnet: #14233a; --category: #182230; --base: #60a5fa; --runtime: #fbbf24; --other: #9ca3af;
            --traffic: #2dd4bf; --permission: #c084fc; --reference: #8b949e; }
        }
        text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--quiet); }
        .heading { font-size: 18px; font-weight: 600; fill: var(--text); }
        .name { font-weight: 600; fill: var(--text); }
        .page { fill: var(--page); }
        .group { stroke: var(--line); rx: 8px; }
        .Account { fill: var(--account); } .Region { fill: var(--region); } .Vpc { fill: var(--vpc); } .Zone { fill: var(--zone); }
        .Subnet { fill: var(--subnet); } .Category, .Unconnected { fill: var(--category); stroke-dasharray: 2 3; }
        .node { fill: var(--node); stroke: var(--other); stroke-width: 1.5; rx: 6px; }
        .shape { fill: none; stroke: var(--other); stroke-width: 1.5; }
        .base .node, .base .shape { stroke: var(--base); } .runtime .node, .runtime .shape { stroke: var(--runtime); }
        .runtime .node { stroke-dasharray: 6 3; }
        .edge { fill: none; stroke-width: 1.5; } .Traffic { stroke: var(--traffic); stroke-width: 2; }
        .Permission { stroke: var(--permission); stroke-dasharray: 5 3; } .Reference { stroke: var(--reference); stroke-dasharray: 1.5 3; }
        .head-Traffic { fill: var(--traffic); } .head-Permission { fill: var(--permission); } .head-Reference { fill: var(--reference); }

        """;
}
