using System.Text.RegularExpressions;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Releases;

/// <summary>The images of one ECR repository.</summary>
internal sealed partial class ImageRegistry(AwsAccess access, string repository)
{
    private const string Index = "application/vnd.oci.image.index.v1+json";

    private const string ManifestList = "application/vnd.docker.distribution.manifest.list.v2+json";

    private readonly AwsApi _ecr = access.Api("ecr");

    public string Repository { get; } = repository;

    /// <summary>The image of a digest or tag; null where the repository has none.</summary>
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
            JObject answer = await _ecr.JsonAsync("DescribeImages", new JObject { ["repositoryName"] = Repository, ["imageIds"] = new JArray(id) }, cancellation);
            return answer["imageDetails"] is JArray { Count: > 0 } images
                ? new RegistryImage((string)images[0]["imageDigest"]!, images[0]["imageTags"]?.Values<string>().OfType<string>().ToArray() ?? [])
                : null;
        }
        catch (AwsApiException e) when (e.Code == "ImageNotFoundException")
        {
            return null;
        }
        catch (AwsApiException e) when (e.Code == "RepositoryNotFoundException")
        {
            throw OperationException.BadInput($"there is no repository {Repository}", "base makes it: ./infra deploy --env NAME base");
        }
    }

    /// <summary>Architectures of an image that is made for several (<c>amd64</c>, <c>arm64</c>); empty where the registry does not say.</summary>
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
            // Attestations that buildx adds are of the platform "unknown".
            : (JObject.Parse(manifest)["manifests"] as JArray ?? []).Select(each => (string?)each.SelectToken("platform.architecture"))
                .OfType<string>().Where(architecture => architecture != "unknown").Distinct().ToArray();
    }

    /// <summary>The commit that an image was built from: the tag that is a git SHA; null where there is none.</summary>
    public static string? CommitOf(RegistryImage image) => image.Tags.FirstOrDefault(tag => GitSha().IsMatch(tag));

    [GeneratedRegex("^[0-9a-f]{7,40}$")]
    private static partial Regex GitSha();
}

/// <param name="Digest">Digest.</param>
/// <param name="Tags">Tags.</param>
internal sealed record RegistryImage(string Digest, IReadOnlyList<string> Tags);
