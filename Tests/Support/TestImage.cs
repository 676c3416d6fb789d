using System.Security.Cryptography;
using System.Text;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Support;

/// <summary>An image as a registry stores it: a manifest with a digest and tags. Nothing is built.</summary>
internal static class TestImage
{
    /// <summary>A manifest that depends on the text.</summary>
    public static string Manifest(string text) => new JObject
    {
        ["schemaVersion"] = 2,
        ["mediaType"] = "application/vnd.oci.image.manifest.v1+json",
        ["config"] =
            new JObject
            {
                ["mediaType"] = "application/vnd.oci.image.config.v1+json",
                ["size"] = 2,
                ["digest"] = $"sha256:{new string('0', 64)}",
            },
        ["layers"] = new JArray(
            new JObject { ["digest"] = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}", ["size"] = 1 }),
    }.ToString(Newtonsoft.Json.Formatting.None);

    /// <summary>Puts a manifest into a repository.</summary>
    /// <returns>Its digest.</returns>
    public static async Task<string> PutAsync(AwsAccess access, string repository, string? tag, string manifest) =>
        (string)(await access.Api("ecr").JsonAsync("PutImage", new JObject
        {
            ["repositoryName"] = repository,
            ["imageTag"] = tag,
            ["imageManifest"] = manifest,
        })).SelectToken("image.imageId.imageDigest")!;
}
