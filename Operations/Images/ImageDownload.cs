using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Ledger;
using Infra.Operations.Output;

namespace Infra.Operations.Images;

/// <summary>
/// Downloads an image with ECR's API. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_GetDownloadUrlForLayer.html
/// </summary>
/// <param name="access">Access to the account.</param>
/// <param name="repository">Repository.</param>
internal sealed class ImageDownload(AwsAccess access, string repository) : IDisposable
{
    private readonly EcrClient _ecr = new(access);
    private readonly ImageRegistry _registry = new(access, repository);
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };

    public void Dispose() => _http.Dispose();

    /// <summary>The image's manifest and, if it is an index, those that it refers to; the index is last.</summary>
    /// <exception cref="OperationException">The repository does not have one of them.</exception>
    public Task<IReadOnlyList<ImageManifest>> ManifestsAsync(string digest, CancellationToken cancellation) =>
        ImageManifest.WithChildrenAsync(digest, async each =>
        {
            EcrImage image = await _registry.ManifestAsync(each, cancellation)
                ?? throw OperationException.Failed($"repository {repository} no longer has image {each}");
            return ImageManifest.Read(each, image.ImageManifestMediaType, image.ImageManifest);
        });

    /// <summary>Downloads a layer or configuration into a file and verifies its digest.</summary>
    public async Task DownloadAsync(ImageBlob blob, string file, CancellationToken cancellation)
    {
        string url = await _ecr.GetDownloadUrlForLayerAsync(repository, blob.Digest, cancellation);
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(new Uri(url), HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!answer.IsSuccessStatusCode)
                throw OperationException.Failed(
                    $"layer {blob.Digest} of {repository} was not downloaded: status {(int)answer.StatusCode}", "run the same command again");
            await using Stream content = await answer.Content.ReadAsStreamAsync(cancellation);
            await VerifiedFile.WriteAsync(content, blob.Digest, file, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw OperationException.Failed(
                $"layer {blob.Digest} of {repository} was not downloaded: {e.Message}", "run the same command again");
        }
    }
}
