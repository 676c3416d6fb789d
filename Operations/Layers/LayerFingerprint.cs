using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Infra.Configuration.Model;
using Infra.Operations.Output;

namespace Infra.Operations.Layers;

/// <summary>
/// Hash of the content of a version: the sources (or the artifact) and the other properties that cannot be changed later. It is at the end
/// of the version's description, where it is visible in the console and stays with the version.
/// </summary>
internal static partial class LayerFingerprint
{
    /// <summary>Fingerprint of the version that would be published.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="root">Root of the repository with the sources.</param>
    /// <param name="artifactHash">Hash of the artifact, which is used if the layer has no sources.</param>
    /// <param name="submodules">Submodules that contain sources: another commit is a change, whatever it changes.</param>
    /// <exception cref="OperationException">No file matches a source pattern.</exception>
    public static string Of(LayerConfig layer, string root, string artifactHash, IReadOnlyList<Submodule> submodules)
    {
        IReadOnlyList<string> sources = SourcesOf(layer);
        string[] settings =
        [
            $"runtimes {string.Join(',', layer.Runtimes.Order(StringComparer.Ordinal))}",
            $"architectures {string.Join(',', layer.Architectures.Select(each => each.Text()).Order(StringComparer.Ordinal))}",
            $"license {layer.License}",
            $"description {layer.Description}",
            .. submodules.Select(submodule => $"submodule {submodule.Path} {submodule.Commit}"),
        ];
        IEnumerable<string> content = sources.Count == 0 ? [$"artifact {artifactHash}"] : Files(sources, root).Select(path =>
            $"{path} {Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(root, path))))}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', settings.Concat(content)))));
    }

    /// <summary>Folders of the repository that contain the sources.</summary>
    public static IReadOnlyList<string> FoldersOf(LayerConfig layer) =>
    [
        .. SourcesOf(layer).Select(source => string.Join('/', source.Split('/')[..^1].TakeWhile(part => part.IndexOfAny(['*', '?']) < 0)))
            .Distinct(StringComparer.Ordinal),
    ];

    private static IReadOnlyList<string> SourcesOf(LayerConfig layer) =>
        layer.Sources.Count > 0 ? layer.Sources : [.. layer.Content.Values.Select(folder => $"{folder}/**")];

    /// <summary>A version's description: the layer's own and the fingerprint.</summary>
    public static string Describe(LayerConfig layer, string fingerprint) =>
        $"{layer.Description} [sources sha256:{fingerprint}]".TrimStart();

    /// <summary>Fingerprint in a version's description; null if it was not published by this command.</summary>
    public static string? In(string description) => Written().Match(description) is { Success: true } match ? match.Groups[1].Value : null;

    private static IEnumerable<string> Files(IReadOnlyList<string> sources, string root)
    {
        var files = new SortedSet<string>(StringComparer.Ordinal);
        foreach (string source in sources)
        {
            IReadOnlyList<string> found = SourceGlob.Find(root, source);
            if (found.Count == 0)
                throw OperationException.BadInput($"no file in {root} matches {source}, which is a source of the layer",
                    "fix \"sources\" in the environment file, or pass --root DIR with the repository that contains them");
            files.UnionWith(found);
        }

        return files;
    }

    [GeneratedRegex(@"\[sources sha256:([0-9a-f]{64})\]\z")]
    private static partial Regex Written();
}
