using Infra.Configuration.Findings;

namespace Infra.Configuration.Reading;

/// <summary>An environment file merged with the files that it extends.</summary>
/// <param name="Root">The merged object; none if a file is missing or not JSON.</param>
/// <param name="Files">Files as in findings: the environment's own first, then those that it extends.</param>
/// <param name="Findings">Findings so far.</param>
internal sealed record SourceFiles(ObjectNode? Root, IReadOnlyList<string> Files, List<Finding> Findings)
{
    /// <summary>Keys of an environment file that concern the file, not the environment.</summary>
    public static readonly IReadOnlyList<string> FileKeys = ["$schema", "extends"];

    /// <summary>Reads a file and the files that it extends.</summary>
    /// <param name="path">Absolute path of the file.</param>
    /// <param name="rootDirectory">Directory that file names in findings are relative to.</param>
    public static SourceFiles Read(string path, string rootDirectory)
    {
        var findings = new List<Finding>();
        var files = new List<string>();
        Node? root = Read(path, []);
        return new SourceFiles(root as ObjectNode, files, findings);

        Node? Read(string file, IReadOnlyList<string> extendedBy)
        {
            string shown = DisplayPath.Of(file, rootDirectory);
            files.Add(shown);
            if (!TryReadText(file, shown, findings, out string text) || NodeReader.Read(shown, text, findings) is not { } node)
                return null;
            if (node is not ObjectNode entries)
            {
                findings.Add(new Finding(shown, node.At.Line, node.At.Column, "", "is not an object; an environment file begins with {"));
                return null;
            }

            Node? target = null;
            if (entries.Find("extends") is { } extends)
            {
                target = Extended(extends, file, [.. extendedBy, file]);
                if (target is null)
                    return null;
            }
            return MergePatch.Apply(target, entries.Without([.. FileKeys]));
        }

        Node? Extended(Member extends, string file, IReadOnlyList<string> chain)
        {
            string? problem;
            if (extends.Value is not ScalarNode { Value: string { Length: > 0 } reference })
            {
                problem = "is not text; write the path of a file, relative to this one";
            }
            else
            {
                string target = Path.GetFullPath(reference, Path.GetDirectoryName(file)!);
                if (chain.Contains(target, StringComparer.Ordinal))
                    problem = $"is circular: {string.Join(" → ", chain.Append(target).Select(f => DisplayPath.Of(f, rootDirectory)))}";
                else if (!File.Exists(target))
                    problem = $"{DisplayPath.Of(target, rootDirectory)} does not exist{SiblingEnvironment(reference, target)}";
                else
                    return Read(target, chain);
            }
            Position at = extends.Pointer;
            findings.Add(new Finding(at.File, at.Line, at.Column, "extends", problem));
            return null;
        }
    }

    private static bool TryReadText(string file, string shown, List<Finding> findings, out string text)
    {
        try
        {
            text = File.ReadAllText(file);
            return true;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            findings.Add(new Finding(shown, 0, 0, "", $"cannot be read: {problem.Message}"));
            text = "";
            return false;
        }
    }

    private static string SiblingEnvironment(string reference, string target)
    {
        string folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
            return "";
        string? near =
            ClosestMatch.Text(Path.GetFileName(target), Directory.EnumerateFiles(folder, "*.json").Select(f => Path.GetFileName(f)!));
        return near is null ? "" : $"; did you mean {Path.Combine(Path.GetDirectoryName(reference) ?? "", near).Replace('\\', '/')}?";
    }
}
