using System.Text.RegularExpressions;

namespace Infra.Tests.Architecture;

/// <summary>A namespace of the sources, which is a folder, with those that its files import.</summary>
/// <param name="Name">Namespace: <c>Infra.Operations.Sessions</c>.</param>
/// <param name="Imports">Namespaces it imports, each with the files that do.</param>
internal sealed partial record SourceFolder(string Name, IReadOnlyDictionary<string, IReadOnlyList<string>> Imports)
{
    /// <summary>All of a checkout.</summary>
    /// <remarks>
    /// An import is a <c>using</c> line. C# needs none for the namespaces above a file's own: there, the name of a type counts that is
    /// declared in no other namespace.
    /// </remarks>
    public static IReadOnlyDictionary<string, SourceFolder> ReadAll(IEnumerable<(string Path, string Text)> files)
    {
        SourceFile[] sources = [.. files.Select(file => SourceFile.Parse(file.Path, file.Text)).OfType<SourceFile>()];
        HashSet<string> namespaces = [.. sources.Select(source => source.Namespace)];
        Dictionary<string, string> declared = sources.SelectMany(source => source.Declares.Select(type => (Type: type, source.Namespace)))
            .Distinct()
            .GroupBy(each => each.Type).Where(group => group.Count() == 1)
                .ToDictionary(group => group.Key, group => group.Single().Namespace);
        return sources.GroupBy(source => source.Namespace).ToDictionary(group => group.Key, group => new SourceFolder(
            group.Key,
            (from source in @group
             from import in source.Imports.Where(namespaces.Contains).Concat(
                 from type in source.Mentions
                 let above = declared.GetValueOrDefault(type)
                 where above is not null && source.Namespace.StartsWith($"{above}.", StringComparison.Ordinal)
                 select above)
             where import != source.Namespace
             group Path.GetFileName(source.Path) by import)
                 .ToDictionary(each => each.Key, each => (IReadOnlyList<string>)[.. each.Distinct().Order(StringComparer.Ordinal)])));
    }

    /// <summary>Ways that lead from a folder back to itself, each once and beginning with its first name; none is what is wanted.</summary>
    public static IEnumerable<string> Cycles(IReadOnlyDictionary<string, SourceFolder> folders)
    {
        Dictionary<string, HashSet<string>> reachable = folders.Keys.ToDictionary(name => name, name => Reachable(folders, name));
        return folders.Keys.Where(name => reachable[name].Contains(name))
            .Select(name =>
                string.Join(", ", reachable[name].Where(other => reachable[other].Contains(name)).Order(StringComparer.Ordinal)))
            .Distinct().Order(StringComparer.Ordinal);
    }

    private static HashSet<string> Reachable(IReadOnlyDictionary<string, SourceFolder> folders, string from)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var next = new Queue<string>(folders[from].Imports.Keys);
        while (next.TryDequeue(out string? name))
        {
            if (found.Add(name))
                foreach (string import in folders[name].Imports.Keys) next.Enqueue(import);
        }

        return found;
    }

    private sealed partial record SourceFile(
        string Path, string Namespace, string[] Imports, HashSet<string> Declares, HashSet<string> Mentions)
    {
        public static SourceFile? Parse(string path, string text)
        {
            if (NamespaceLine().Match(text) is not { Success: true } own)
                return null;
            string code = Comment().Replace(Literal().Replace(RawLiteral().Replace(text, "\"\""), "\"\""), "");
            return new SourceFile(
                path,
                own.Groups["name"].Value,
                [.. UsingLine().Matches(code).Select(match => match.Groups["name"].Value)],
                [.. Declaration().Matches(code).Select(match => match.Groups["name"].Value)],
                [.. Name().Matches(UsingLine().Replace(code, "")).Select(match => match.Value)]);
        }

        [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
        private static partial Regex NamespaceLine();

        [GeneratedRegex(@"^using (?:static )?(?:\w+ = )?(?<name>Infra[\w.]*);", RegexOptions.Multiline)]
        private static partial Regex UsingLine();

        [GeneratedRegex(
            @"^(?:public|internal|file)[ \w]*?\b(?:class|struct|record|interface|enum) (?<name>[A-Z]\w*)", RegexOptions.Multiline)]
        private static partial Regex Declaration();

        [GeneratedRegex(@"(?<![.\w])[A-Z]\w*")]
        private static partial Regex Name();

        [GeneratedRegex(@"""""""[\s\S]*?""""""")]
        private static partial Regex RawLiteral();

        [GeneratedRegex(@"(?<!\$)""(?:[^""\\\n]|\\.)*""")]
        private static partial Regex Literal();

        [GeneratedRegex(@"//.*")]
        private static partial Regex Comment();
    }
}
