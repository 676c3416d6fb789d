using System.Text;
using Infra.Operations.Images;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Emulator;

/// <summary>Pushes images with layers to the local AWS's registry, as docker does.</summary>
internal static class ImagePush
{
    /// <summary>Pushes an image for two architectures, which share a layer.</summary>
    /// <param name="upload">Upload to the repository.</param>
    /// <param name="tag">Tag.</param>
    /// <param name="layer">A layer of each architecture's image.</param>
    /// <returns>Digest of the index.</returns>
    public static async Task<string> IndexAsync(ImageUpload upload, string tag, byte[] layer)
    {
        var manifests = new JArray();
        foreach (string architecture in new[] { "amd64", "arm64" })
        {
            ImageManifest manifest = await ImageAsync(
                upload, null, Encoding.UTF8.GetBytes($$"""{ "architecture": "{{architecture}}" }"""), layer, Encoding.UTF8.GetBytes("shared"));
            manifests.Add(new JObject
            {
                ["mediaType"] = manifest.MediaType,
                ["digest"] = manifest.Digest,
                ["size"] = manifest.Content.Length,
                ["platform"] = new JObject { ["architecture"] = architecture, ["os"] = "linux" },
            });
        }

        return (await PutAsync(upload, tag, new JObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = "application/vnd.oci.image.index.v1+json",
            ["manifests"] = manifests,
        })).Digest;
    }

    /// <summary>Pushes an image for one architecture.</summary>
    /// <param name="upload">Upload to the repository.</param>
    /// <param name="tag">Tag; null for none.</param>
    /// <param name="blobs">The configuration, then the layers.</param>
    public static async Task<ImageManifest> ImageAsync(ImageUpload upload, string? tag, params byte[][] blobs)
    {
        foreach (byte[] blob in blobs)
            if (!await upload.HasAsync(ImageManifest.DigestOf(blob), default))
                await upload.UploadAsync(ImageManifest.DigestOf(blob), blob, default);
        JObject[] descriptors =
        [
            .. blobs.Select(blob => new JObject { ["digest"] = ImageManifest.DigestOf(blob), ["size"] = blob.Length }),
        ];
        return await PutAsync(upload, tag, new JObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = ImageManifest.OciType,
            ["config"] = descriptors[0],
            ["layers"] = new JArray(descriptors.Skip(1)),
        });
    }

    private static async Task<ImageManifest> PutAsync(ImageUpload upload, string? tag, JObject content)
    {
        string text = content.ToString(Formatting.None);
        var manifest = ImageManifest.Read(ImageManifest.DigestOf(Encoding.UTF8.GetBytes(text)), null, text);
        await upload.PutAsync(manifest, tag, default);
        return manifest;
    }
}
