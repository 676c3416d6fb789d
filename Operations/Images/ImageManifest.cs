using System.Security.Cryptography;
using System.Text;
using Infra.Operations.Output;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Images;

/// <summary>
/// The manifest of an image, or the index of the manifests of its architectures.
/// https://github.com/opencontainers/image-spec/blob/main/manifest.md
/// </summary>
/// <param name="Digest">Digest of the text.</param>
/// <param name="MediaType">Media type.</param>
/// <param name="Text">Text, which has to stay the same to the byte.</param>
internal sealed record ImageManifest(string Digest, string MediaType, string Text)
{
    public const string OciType = "application/vnd.oci.image.manifest.v1+json";

    private readonly JObject _json = JObject.Parse(Text);

    public byte[] Content => Encoding.UTF8.GetBytes(Text);

    /// <summary>Configuration and layers; none of an index.</summary>
    public IEnumerable<ImageBlob> Blobs => new[] { _json["config"] }.Concat(_json["layers"] as JArray ?? []).OfType<JObject>()
        .Select(blob => new ImageBlob((string)blob["digest"]!, (long)blob["size"]!));

    /// <summary>Digests of the manifests that an index refers to.</summary>
    public IEnumerable<string> Children => (_json["manifests"] as JArray ?? []).Select(each => (string)each["digest"]!);

    /// <summary>Reads a manifest and verifies its digest.</summary>
    /// <param name="digest">Digest.</param>
    /// <param name="mediaType">Media type; null means the one in the text.</param>
    /// <param name="text">Text.</param>
    /// <exception cref="OperationException">The text does not have the digest.</exception>
    public static ImageManifest Read(string digest, string? mediaType, string text)
    {
        if (DigestOf(Encoding.UTF8.GetBytes(text)) != digest)
            throw OperationException.Failed($"the manifest of {digest} does not match its digest; it was not copied");
        return new ImageManifest(digest, mediaType ?? (string?)JObject.Parse(text)["mediaType"] ?? OciType, text);
    }

    /// <summary>The manifest of an image and, if it is an index, those that it refers to; the index is last.</summary>
    /// <param name="digest">Digest of the image.</param>
    /// <param name="read">Reads a manifest by its digest.</param>
    public static async Task<IReadOnlyList<ImageManifest>> WithChildrenAsync(string digest, Func<string, Task<ImageManifest>> read)
    {
        ImageManifest manifest = await read(digest);
        var all = new List<ImageManifest>();
        foreach (string child in manifest.Children)
            all.AddRange(await WithChildrenAsync(child, read));
        all.Add(manifest);
        return all;
    }

    /// <summary><c>sha256:…</c></summary>
    public static string DigestOf(byte[] content) => $"sha256:{Convert.ToHexStringLower(SHA256.HashData(content))}";
}

/// <summary>A layer or configuration.</summary>
internal sealed record ImageBlob(string Digest, long Size);
