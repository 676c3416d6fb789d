using System.IO.Enumeration;

namespace Infra.Operations.Layers;

/// <summary>Finds files by a glob pattern: <c>*</c> and <c>?</c> within a name, <c>**</c> for any folders.</summary>
internal static class SourceGlob
{
    /// <summary>Files that tools create; they are not part of the sources.</summary>
    private static readonly string[] Leftovers = ["__pycache__", ".git", ".DS_Store", ".pytest_cache"];

    /// <summary>Paths of the files that match, relative to the root, with forward slashes, sorted.</summary>
    public static IReadOnlyList<string> Find(string root, string pattern)
    {
        // Only in the folders that the pattern names without wildcards, because a repository contains many other files.
        string start = Path.Combine([root, .. pattern.Split('/')[..^1].TakeWhile(part => part.IndexOfAny(['*', '?']) < 0)]);
        return [.. Below(start)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(path => Matches(pattern.Split('/'), path.Split('/')))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>
    /// Files in a folder and its subfolders, without leftovers and without following links; empty if the folder does not exist.
    /// </summary>
    public static IEnumerable<string> Below(string folder) => !Directory.Exists(folder)
        ? []
        : new DirectoryInfo(folder).EnumerateFileSystemInfos()
            .Where(entry =>
                !Leftovers.Contains(entry.Name, StringComparer.Ordinal) && !entry.Name.EndsWith(".pyc", StringComparison.Ordinal))
            .SelectMany(entry =>
                entry is DirectoryInfo { LinkTarget: null } inner ? Below(inner.FullName) : entry is FileInfo ? [entry.FullName] : []);

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path) => pattern switch
    {
        [] => path.IsEmpty,
        ["**"] => !path.IsEmpty,
        ["**", .. var rest] => Matches(rest, path) || (!path.IsEmpty && Matches(pattern, path[1..])),
        [var name, .. var rest] =>
            !path.IsEmpty && FileSystemName.MatchesSimpleExpression(name, path[0], ignoreCase: false) && Matches(rest, path[1..]),
    };
}
