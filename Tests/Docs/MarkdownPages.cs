using Infra.Operations.Workspace;

namespace Infra.Tests.Docs;

/// <summary>Markdown pages of the repository, and the fenced blocks in them.</summary>
internal static class MarkdownPages
{
    /// <summary>Pages that readers follow; those of the change log are history.</summary>
    public static IEnumerable<string> All { get; } =
    [
        "README.md",
        ".github/CONTRIBUTING.md",
        .. Directory.EnumerateFiles(Path.Combine(Checkout.Find().Root, "docs"), "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Checkout.Find().Root, file).Replace('\\', '/'))
            .Where(file => file is not "docs/CHANGELOG.md" and not "docs/requirements-status.md").Order(StringComparer.Ordinal),
    ];

    public static string Read(string page) => File.ReadAllText(Path.Combine(Checkout.Find().Root, page)).ReplaceLineEndings("\n");

    /// <summary>Fenced blocks of a page.</summary>
    public static IEnumerable<FencedBlock> Blocks(string page)
    {
        string[] lines = Read(page).Split('\n');
        for (int at = 0; at < lines.Length; at++)
        {
            if (!lines[at].TrimStart().StartsWith("```", StringComparison.Ordinal))
                continue;
            string info = lines[at].Trim()[3..];
            int first = at + 1;
            for (at = first; !lines[at].TrimStart().StartsWith("```", StringComparison.Ordinal); at++)
            {
            }

            int indent = lines[first - 1].Length - lines[first - 1].TrimStart().Length;
            yield return new FencedBlock(
                page, first, info, [.. lines[first..at].Select(line => line.Length >= indent ? line[indent..] : line)]);
        }
    }
}

/// <summary>A fenced block of a page.</summary>
/// <param name="Page">Page.</param>
/// <param name="Line">Line of its fence.</param>
/// <param name="Info">What follows the fence: <c>sh runnable</c>.</param>
/// <param name="Lines">Its lines.</param>
internal sealed record FencedBlock(string Page, int Line, string Info, IReadOnlyList<string> Lines)
{
    public override string ToString() => $"{Page}:{Line}";
}
