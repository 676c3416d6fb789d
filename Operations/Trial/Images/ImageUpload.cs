using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
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
    private readonly EcrClient _ecr = new(access);

    /// <summary>Whether the repository has a layer.</summary>
    public async Task<bool> HasAsync(string digest, CancellationToken cancellation) =>
        await _ecr.BatchCheckLayerAvailabilityAsync(repository, digest, cancellation) == "AVAILABLE";

    /// <summary>Uploads a layer or configuration in parts.</summary>
    public async Task UploadAsync(string digest, byte[] content, CancellationToken cancellation)
    {
        EcrLayerUpload begun = await _ecr.InitiateLayerUploadAsync(repository, cancellation);
        string upload = begun.UploadId!;
        // The part size that ECR returns, limited so that one request does not time out.
        int part = Math.Min(begun.PartSize ?? int.MaxValue, 10 * 1024 * 1024);
        for (int first = 0; first < content.Length; first += part)
        {
            int last = Math.Min(first + part, content.Length) - 1;
            await _ecr.UploadLayerPartAsync(
                new UploadLayerPartRequest(repository, upload, first, last, content[first..(last + 1)]), cancellation);
        }

        try
        {
            await _ecr.CompleteLayerUploadAsync(repository, upload, digest, cancellation);
        }
        catch (AwsApiException e) when (e.Code == "LayerAlreadyExistsException")
        {
            // An interrupted run has uploaded it.
        }
    }

    /// <summary>Puts the manifest.</summary>
    /// <returns>The image's digest.</returns>
    public Task<string> PutAsync(string tag, JObject manifest, CancellationToken cancellation) => _ecr.PutImageAsync(
        new PutImageRequest(
            repository, manifest.ToString(Formatting.None), tag,
            ImageManifestMediaType: (string?)manifest["mediaType"] ?? ImageConfig.ManifestType),
        cancellation);
}
