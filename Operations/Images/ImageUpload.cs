using Infra.Operations.Aws;
using Infra.Operations.AwsClients;

namespace Infra.Operations.Images;

/// <summary>
/// Pushes an image with ECR's API. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_InitiateLayerUpload.html
/// </summary>
/// <param name="access">Access to the account.</param>
/// <param name="repository">Repository.</param>
internal sealed class ImageUpload(AwsAccess access, string repository)
{
    // Limited so that one request does not time out; ECR accepts parts of 5 MiB and more.
    private const int LargestPart = 10 * 1024 * 1024;

    private readonly EcrClient _ecr = new(access);

    /// <summary>Whether the repository has a layer.</summary>
    public async Task<bool> HasAsync(string digest, CancellationToken cancellation) =>
        await _ecr.BatchCheckLayerAvailabilityAsync(repository, digest, cancellation) == "AVAILABLE";

    /// <summary>Uploads a layer or configuration in parts.</summary>
    public async Task UploadAsync(string digest, Stream content, CancellationToken cancellation)
    {
        EcrLayerUpload begun = await _ecr.InitiateLayerUploadAsync(repository, cancellation);
        string upload = begun.UploadId!;
        byte[] part = new byte[Math.Min(begun.PartSize ?? LargestPart, LargestPart)];
        long first = 0;
        while (await content.ReadAtLeastAsync(part, part.Length, throwOnEndOfStream: false, cancellation) is > 0 and int read)
        {
            await _ecr.UploadLayerPartAsync(
                new UploadLayerPartRequest(repository, upload, first, first + read - 1, part[..read]), cancellation);
            first += read;
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

    /// <summary>Uploads a layer or configuration that is in memory.</summary>
    public async Task UploadAsync(string digest, byte[] content, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(content);
        await UploadAsync(digest, stream, cancellation);
    }

    /// <summary>Puts a manifest; does nothing if the image already has the tag.</summary>
    /// <param name="manifest">Manifest.</param>
    /// <param name="tag">Tag; null means none.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task PutAsync(ImageManifest manifest, string? tag, CancellationToken cancellation)
    {
        try
        {
            await _ecr.PutImageAsync(
                new PutImageRequest(repository, manifest.Text, tag, manifest.Digest, manifest.MediaType), cancellation);
        }
        catch (AwsApiException e) when (e.Code == "ImageAlreadyExistsException")
        {
            // An interrupted run has put it.
        }
    }
}
