using System.Text.RegularExpressions;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Ledger;

/// <summary>The images of one ECR repository.</summary>
internal sealed partial class ImageRegistry(AwsAccess access, string repository)
{
    private const string Index = "application/vnd.oci.image.index.v1+json";

    private const string ManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";

    // All manifest types: the manifest that is put again has to be byte-identical to the existing one.
    private static readonly string[] AnyManifest =
    [
        Index, ManifestList, "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json",
    ];

    private readonly EcrClient _ecr = new(access);

    public string Repository { get; } = repository;

    /// <summary>The image with a digest or tag; null if it is not in the repository.</summary>
    /// <exception cref="OperationException">There is no such repository.</exception>
    public async Task<RegistryImage?> FindAsync(string? digest, string? tag, CancellationToken cancellation)
    {
        try
        {
            return await _ecr.DescribeImageAsync(Repository, new EcrImageId(digest, tag), cancellation) is { } image ? Image(image) : null;
        }
        catch (AwsApiException e) when (e.Code == "ImageNotFoundException")
        {
            return null;
        }
        catch (AwsApiException e) when (e.Code == "RepositoryNotFoundException")
        {
            throw OperationException.BadInput($"there is no repository {Repository}", "base creates it: ./infra deploy --env NAME");
        }
    }

    /// <summary>
    /// Architectures of a multi-architecture image (<c>amd64</c>, <c>arm64</c>); empty if the registry does not list them.
    /// </summary>
    public async Task<IReadOnlyList<string>> ArchitecturesAsync(string digest, CancellationToken cancellation)
    {
        EcrImage? image = await _ecr.BatchGetImageAsync(Repository, digest, [Index, ManifestList], cancellation);
        return image is null
            ? []
            // Attestations of buildx have the platform "unknown".
            : (JObject.Parse(image.ImageManifest)["manifests"] as JArray ?? [])
                .Select(each => (string?)each.SelectToken("platform.architecture")).OfType<string>()
                .Where(architecture => architecture != "unknown").Distinct().ToArray();
    }

    /// <summary>The manifest of an image or of its architectures; null if it is not in the repository.</summary>
    public Task<EcrImage?> ManifestAsync(string digest, CancellationToken cancellation) =>
        _ecr.BatchGetImageAsync(Repository, digest, AnyManifest, cancellation);

    /// <summary>All images, last pushed first: the order in which a lifecycle policy counts them.</summary>
    public async Task<IReadOnlyList<RegistryImage>> ListAsync(CancellationToken cancellation) =>
        [.. (await _ecr.DescribeImagesAsync(Repository, cancellation)).OrderByDescending(image => image.ImagePushedAt ?? 0).Select(Image)];

    /// <summary>Adds a tag to an image; does nothing if it already has the tag, or the image was deleted.</summary>
    public async Task TagAsync(string digest, string tag, CancellationToken cancellation)
    {
        if (await _ecr.BatchGetImageAsync(Repository, digest, AnyManifest, cancellation) is not { } image)
            return;
        try
        {
            await _ecr.PutImageAsync(
                new PutImageRequest(Repository, image.ImageManifest, tag, digest, image.ImageManifestMediaType), cancellation);
        }
        catch (AwsApiException e) when (e.Code == "ImageAlreadyExistsException")
        {
            // Another run added it first.
        }
    }

    /// <summary>The commit that an image was built from: the tag that is a git SHA; null if there is none.</summary>
    public static string? CommitOf(RegistryImage image) => image.Tags.FirstOrDefault(tag => GitSha().IsMatch(tag));

    private static RegistryImage Image(EcrImageDetail image) => new(image.ImageDigest, image.ImageTags ?? []);

    [GeneratedRegex("^[0-9a-f]{7,40}$")]
    private static partial Regex GitSha();
}

/// <param name="Digest">Digest.</param>
/// <param name="Tags">Tags.</param>
internal sealed record RegistryImage(string Digest, IReadOnlyList<string> Tags);
