using Newtonsoft.Json.Linq;

namespace Infra.Operations.Images;

/// <summary>
/// An image in the index of an export. https://github.com/opencontainers/image-spec/blob/main/image-index.md
/// </summary>
/// <param name="Repository">Repository: its name in the environment file.</param>
/// <param name="Digest">Digest of the image.</param>
/// <param name="MediaType">Media type of its manifest.</param>
/// <param name="Size">Size of its manifest.</param>
/// <param name="Tags">Tags.</param>
/// <param name="Released">Services and agents that ran it at the last export; empty if they ran another one.</param>
internal sealed record ExportedImage(
    string Repository, string Digest, string MediaType, long Size, IReadOnlyList<string> Tags, IReadOnlyList<string> Released)
{
    // Tools that copy from an image layout select an image by it: skopeo copy oci:DIR:backend:v1.4.0 docker://…
    private const string ReferenceName = "org.opencontainers.image.ref.name";

    private const string RepositoryKey = "infra.repository";

    private const string TagsKey = "infra.tags";

    private const string ReleasedKey = "infra.released";

    public static ExportedImage Read(JObject descriptor) => new(
        (string?)descriptor["annotations"]?[RepositoryKey] ?? "", (string)descriptor["digest"]!, (string)descriptor["mediaType"]!,
        (long)descriptor["size"]!, Words(descriptor, TagsKey), Words(descriptor, ReleasedKey));

    public JObject ToJson()
    {
        var annotations = new JObject
        {
            [RepositoryKey] = Repository,
            [TagsKey] = string.Join(' ', Tags),
            [ReleasedKey] = string.Join(' ', Released),
        };
        if (Tags.Count > 0)
            annotations[ReferenceName] = $"{Repository}:{Tags[0]}";
        return new JObject { ["mediaType"] = MediaType, ["digest"] = Digest, ["size"] = Size, ["annotations"] = annotations };
    }

    private static string[] Words(JObject descriptor, string key) =>
        ((string?)descriptor["annotations"]?[key] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
