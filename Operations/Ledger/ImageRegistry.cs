using System.Text.RegularExpressions;
using Infra.Operations.Aws;
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

    private readonly AwsApi _ecr = access.Api("ecr");

    public string Repository { get; } = repository;

    /// <summary>The image with a digest or tag; null if it is not in the repository.</summary>
    /// <exception cref="OperationException">There is no such repository.</exception>
    public async Task<RegistryImage?> FindAsync(string? digest, string? tag, CancellationToken cancellation)
    {
        var id = new JObject();
        if (digest is not null)
            id["imageDigest"] = digest;
        if (tag is not null)
            id["imageTag"] = tag;
        try
        {
            JObject answer = await _ecr.JsonAsync(
                "DescribeImages", new JObject { ["repositoryName"] = Repository, ["imageIds"] = new JArray(id) }, cancellation);
            return answer["imageDetails"] is JArray { Count: > 0 } images
                ? new RegistryImage(
                    (string)images[0]["imageDigest"]!, images[0]["imageTags"]?.Values<string>().OfType<string>().ToArray() ?? [])
                : null;
        }
        catch (AwsApiException e) when (e.Code == "ImageNotFoundException")
        {
            return null;
        }
        catch (AwsApiException e) when (e.Code == "RepositoryNotFoundException")
        {
            throw OperationException.BadInput($"there is no repository {Repository}", "base creates it: ./infra deploy --env NAME base");
        }
    }

    /// <summary>
    /// Architectures of a multi-architecture image (<c>amd64</c>, <c>arm64</c>); empty if the registry does not list them.
    /// </summary>
    public async Task<IReadOnlyList<string>> ArchitecturesAsync(string digest, CancellationToken cancellation)
    {
        JObject answer = await _ecr.JsonAsync("BatchGetImage", new JObject
        {
            ["repositoryName"] = Repository,
            ["imageIds"] = new JArray(new JObject { ["imageDigest"] = digest }),
            ["acceptedMediaTypes"] = new JArray(Index, ManifestList),
        }, cancellation);
        string? manifest = (string?)(answer["images"] as JArray)?.FirstOrDefault()?["imageManifest"];
        return manifest is null
            ? []
            // Attestations of buildx have the platform "unknown".
            : (JObject.Parse(manifest)["manifests"] as JArray ?? []).Select(each => (string?)each.SelectToken("platform.architecture"))
                .OfType<string>().Where(architecture => architecture != "unknown").Distinct().ToArray();
    }

    /// <summary>All images, last pushed first: the order in which a lifecycle policy counts them.</summary>
    public async Task<IReadOnlyList<RegistryImage>> ListAsync(CancellationToken cancellation)
    {
        var images = new List<(double PushedAt, RegistryImage Image)>();
        var input = new JObject { ["repositoryName"] = Repository, ["maxResults"] = 1000 };
        await foreach (JObject page in _ecr.PagesAsync("DescribeImages", input, "nextToken", cancellation))
            images.AddRange((page["imageDetails"] as JArray ?? []).Select(image => (
                (double?)image["imagePushedAt"] ?? 0,
                new RegistryImage((string)image["imageDigest"]!, image["imageTags"]?.Values<string>().OfType<string>().ToArray() ?? []))));
        return [.. images.OrderByDescending(image => image.PushedAt).Select(image => image.Image)];
    }

    /// <summary>Adds a tag to an image; does nothing if it already has the tag, or the image was deleted.</summary>
    public async Task TagAsync(string digest, string tag, CancellationToken cancellation)
    {
        JObject answer = await _ecr.JsonAsync("BatchGetImage", new JObject
        {
            ["repositoryName"] = Repository,
            ["imageIds"] = new JArray(new JObject { ["imageDigest"] = digest }),
            ["acceptedMediaTypes"] = new JArray(AnyManifest),
        }, cancellation);
        if ((answer["images"] as JArray)?.FirstOrDefault() is not { } image)
            return;
        var put = new JObject
        {
            ["repositoryName"] = Repository,
            ["imageManifest"] = image["imageManifest"],
            ["imageTag"] = tag,
            ["imageDigest"] = digest,
        };
        if (image["imageManifestMediaType"] is { Type: JTokenType.String } mediaType)
            put["imageManifestMediaType"] = mediaType;
        try
        {
            await _ecr.JsonAsync("PutImage", put, cancellation);
        }
        catch (AwsApiException e) when (e.Code == "ImageAlreadyExistsException")
        {
            // Another run added it first.
        }
    }

    /// <summary>The commit that an image was built from: the tag that is a git SHA; null if there is none.</summary>
    public static string? CommitOf(RegistryImage image) => image.Tags.FirstOrDefault(tag => GitSha().IsMatch(tag));

    [GeneratedRegex("^[0-9a-f]{7,40}$")]
    private static partial Regex GitSha();
}

/// <param name="Digest">Digest.</param>
/// <param name="Tags">Tags.</param>
internal sealed record RegistryImage(string Digest, IReadOnlyList<string> Tags);
