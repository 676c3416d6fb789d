using Infra.Operations.Aws;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Trial.Images;

/// <summary>
/// Pushes an image with ECR's API. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_InitiateLayerUpload.html
/// </summary>
/// <param name="access">Access to the account.</param>
/// <param name="repository">Repository.</param>
internal sealed class ImageUpload(AwsAccess access, string repository)
{
    private readonly AwsApi _ecr = access.Api("ecr");

    /// <summary>Whether the repository has a layer.</summary>
    public async Task<bool> HasAsync(string digest, CancellationToken cancellation)
    {
        JObject answer = await _ecr.JsonAsync(
            "BatchCheckLayerAvailability", new JObject { ["repositoryName"] = repository, ["layerDigests"] = new JArray(digest) },
            cancellation);
        return (string?)answer.SelectToken("layers[0].layerAvailability") == "AVAILABLE";
    }

    /// <summary>Uploads a layer or configuration in parts.</summary>
    public async Task UploadAsync(string digest, byte[] content, CancellationToken cancellation)
    {
        JObject begun = await _ecr.JsonAsync("InitiateLayerUpload", new JObject { ["repositoryName"] = repository }, cancellation);
        string upload = (string)begun["uploadId"]!;
        // The part size that ECR returns, limited so that one request does not time out.
        int part = Math.Min((int?)begun["partSize"] ?? int.MaxValue, 10 * 1024 * 1024);
        for (int first = 0; first < content.Length; first += part)
        {
            int last = Math.Min(first + part, content.Length) - 1;
            await _ecr.JsonAsync("UploadLayerPart", new JObject
            {
                ["repositoryName"] = repository,
                ["uploadId"] = upload,
                ["partFirstByte"] = first,
                ["partLastByte"] = last,
                ["layerPartBlob"] = Convert.ToBase64String(content, first, last - first + 1),
            }, cancellation);
        }

        try
        {
            await _ecr.JsonAsync(
                "CompleteLayerUpload",
                new JObject { ["repositoryName"] = repository, ["uploadId"] = upload, ["layerDigests"] = new JArray(digest) },
                cancellation);
        }
        catch (AwsApiException e) when (e.Code == "LayerAlreadyExistsException")
        {
            // An interrupted run has uploaded it.
        }
    }

    /// <summary>Puts the manifest.</summary>
    /// <returns>The image's digest.</returns>
    public async Task<string> PutAsync(string tag, JObject manifest, CancellationToken cancellation)
    {
        JObject answer = await _ecr.JsonAsync("PutImage", new JObject
        {
            ["repositoryName"] = repository,
            ["imageTag"] = tag,
            ["imageManifest"] = manifest.ToString(Formatting.None),
            ["imageManifestMediaType"] = (string?)manifest["mediaType"] ?? ImageConfig.ManifestType,
        }, cancellation);
        return (string)answer.SelectToken("image.imageId.imageDigest")!;
    }
}
