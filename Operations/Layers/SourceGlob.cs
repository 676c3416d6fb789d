using System.Text;
using System.Text.RegularExpressions;

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
        var whole = new Regex($@"\A{Translate(pattern)}\z", RegexOptions.CultureInvariant);
        return [.. Below(start)
            .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
            .Where(path => whole.IsMatch(path))
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

    private static string Translate(string pattern)
    {
        var regex = new StringBuilder();
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern.AsSpan(i).StartsWith("**/"))
            {
                regex.Append("(?:[^/]+/)*");
                i += 2;
            }
            else if (pattern.AsSpan(i).StartsWith("**"))
            {
                regex.Append(".*");
                i++;
            }
            else
            {
                regex.Append(pattern[i] switch { '*' => "[^/]*", '?' => "[^/]", var letter => Regex.Escape(letter.ToString()) });
            }
        }

        return regex.ToString();
    }
}
