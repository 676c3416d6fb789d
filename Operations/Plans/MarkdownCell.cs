namespace Infra.Operations.Plans;

/// <summary>Values in a cell of a Markdown table.</summary>
internal static class MarkdownCell
{
    private const int WidestValue = 120;

    /// <summary>A value as code: without line breaks and cell separators, limited in width.</summary>
    public static string Code(string value, int widest = WidestValue)
    {
        string line = value.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal).Replace('`', '\'');
        return $"`{(line.Length > widest ? line[..widest] + "…" : line)}`";
    }
}
