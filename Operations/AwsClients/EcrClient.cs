using System.Text;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.AwsClients;

/// <summary>Actions of Amazon ECR. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html</summary>
internal sealed class EcrClient(AwsAccess access)
{
    private readonly AwsApi _api = access.Api("ecr");

    /// <summary>URL of the registry that the caller is signed in to.</summary>
    public Task<string?> GetAuthorizationTokenAsync(CancellationToken cancellation) =>
        _api.JsonAsync<string>("GetAuthorizationToken", new { }, "authorizationData[0].proxyEndpoint", cancellation);

    /// <summary>User name and password for the registry, valid for twelve hours.</summary>
    public async Task<(string User, string Password)> GetCredentialsAsync(CancellationToken cancellation)
    {
        string token = (await _api.JsonAsync<string>(
            "GetAuthorizationToken", new { }, "authorizationData[0].authorizationToken", cancellation))!;
        string[] parts = Encoding.UTF8.GetString(Convert.FromBase64String(token)).Split(':', 2);
        return (parts[0], parts[1]);
    }

    /// <summary>All images of a repository.</summary>
    public Task<IReadOnlyList<EcrImageDetail>> DescribeImagesAsync(string repositoryName, CancellationToken cancellation) =>
        _api.ListAsync<EcrImageDetail>(
            "DescribeImages", new { repositoryName, maxResults = 1000 }, "imageDetails", "nextToken", cancellation);

    /// <summary>One image.</summary>
    /// <exception cref="AwsApiException">There is no such image or repository, or another error.</exception>
    public Task<EcrImageDetail?> DescribeImageAsync(string repositoryName, EcrImageId image, CancellationToken cancellation) =>
        _api.JsonAsync<EcrImageDetail>(
            "DescribeImages", new { repositoryName, imageIds = new[] { image } }, "imageDetails[0]", cancellation);

    /// <summary>The manifest of one image; null if it is not in the repository, or has none of the media types.</summary>
    public Task<EcrImage?> BatchGetImageAsync(
        string repositoryName, string imageDigest, IReadOnlyList<string> acceptedMediaTypes, CancellationToken cancellation) =>
        _api.JsonAsync<EcrImage>(
            "BatchGetImage", new { repositoryName, imageIds = new[] { new { imageDigest } }, acceptedMediaTypes }, "images[0]",
            cancellation);

    /// <returns>Digest of the image.</returns>
    public async Task<string> PutImageAsync(PutImageRequest request, CancellationToken cancellation) =>
        (await _api.JsonAsync<string>("PutImage", request, "image.imageId.imageDigest", cancellation))!;

    /// <summary>Availability of one layer: <c>AVAILABLE</c>.</summary>
    public Task<string?> BatchCheckLayerAvailabilityAsync(string repositoryName, string digest, CancellationToken cancellation) =>
        _api.JsonAsync<string>(
            "BatchCheckLayerAvailability", new { repositoryName, layerDigests = new[] { digest } }, "layers[0].layerAvailability",
            cancellation);

    /// <summary>URL of one layer, valid for an hour.</summary>
    public async Task<string> GetDownloadUrlForLayerAsync(string repositoryName, string layerDigest, CancellationToken cancellation) =>
        (await _api.JsonAsync<string>("GetDownloadUrlForLayer", new { repositoryName, layerDigest }, "downloadUrl", cancellation))!;

    public async Task<EcrLayerUpload> InitiateLayerUploadAsync(string repositoryName, CancellationToken cancellation) =>
        (await _api.JsonAsync<EcrLayerUpload>("InitiateLayerUpload", new { repositoryName }, cancellation: cancellation))!;

    public Task UploadLayerPartAsync(UploadLayerPartRequest request, CancellationToken cancellation) =>
        _api.JsonAsync<JObject>("UploadLayerPart", request, cancellation: cancellation);

    public Task CompleteLayerUploadAsync(string repositoryName, string uploadId, string digest, CancellationToken cancellation) =>
        _api.JsonAsync<JObject>(
            "CompleteLayerUpload", new { repositoryName, uploadId, layerDigests = new[] { digest } }, cancellation: cancellation);
}

/// <summary>An image by its digest, its tag, or both.</summary>
internal sealed record EcrImageId(string? ImageDigest, string? ImageTag);

/// <summary>An image; the date is in seconds since 1970.</summary>
internal sealed record EcrImageDetail(string ImageDigest, IReadOnlyList<string>? ImageTags, double? ImagePushedAt);

/// <summary>The manifest of an image.</summary>
internal sealed record EcrImage(string ImageManifest, string? ImageManifestMediaType);

/// <summary>A manifest to put, with a tag or without.</summary>
internal sealed record PutImageRequest(
    string RepositoryName, string ImageManifest, string? ImageTag, string? ImageDigest = null, string? ImageManifestMediaType = null);

/// <summary>An upload that was begun, and the part size that ECR wants.</summary>
internal sealed record EcrLayerUpload(string? UploadId, int? PartSize);

/// <summary>A part of a layer.</summary>
internal sealed record UploadLayerPartRequest(
    string RepositoryName, string UploadId, long PartFirstByte, long PartLastByte, byte[] LayerPartBlob);
