using Infra.Operations.Aws;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using System.Text.RegularExpressions;

namespace Infra.Tests.Runner;

/// <summary>
/// The docker commands of the workflows, without docker: an image is a manifest that the local AWS's registry stores with a digest and
/// tags. Nothing is built.
/// </summary>
/// <param name="access">The account of a registry on the local AWS.</param>
/// <param name="hasBuilder">Whether docker has a builder of the driver docker-container.</param>
internal sealed partial class FakeRegistry(Func<string, AwsAccess> access, Func<bool> hasBuilder)
{
    // https://github.com/docker/buildx: the driver docker, with which GitHub's machines start.
    public const string NoBuilder = "push-by-digest is currently not implemented for docker driver, please create a new builder instance";

    /// <summary>Pushes an image whose manifest is the text.</summary>
    /// <returns>Its digest.</returns>
    public string Push(string text, IEnumerable<string> tags)
    {
        string manifest = TestImage.Manifest(text);
        return tags.Select(tag => Put(ImageName.Parse(tag), manifest)).Distinct().Single();
    }

    private (int ExitCode, string Output) BuildByDigest(string output, string folder)
    {
        Dictionary<string, string> options = output.Split(',').Select(option => option.Split('=', 2))
            .ToDictionary(option => option[0], option => option[1]);
        if ((options["type"], options["push-by-digest"], options["push"]) != ("image", "true", "true")
            || !File.Exists(Path.Combine(Checkout.Find().Root, folder, "Dockerfile")))
            return (1, $"{folder} is not built and pushed by {output}");
        if (!hasBuilder())
            return (1, $"ERROR: {NoBuilder}");
        return (0, Put(ImageName.Parse(options["name"]), TestImage.Manifest(folder)));
    }

    /// <summary>Output and exit code of <c>docker</c> with these arguments.</summary>
    public (int ExitCode, string Output) Docker(IReadOnlyList<string> arguments) => arguments switch
    {
        ["buildx", "imagetools", "inspect", var image, "--format", "{{.Manifest.Digest}}"] =>
            Find(ImageName.Parse(image)) is { } found ? (0, (string)found["imageId"]!["imageDigest"]!) : (1, "not found"),
        ["buildx", "imagetools", "create", "--tag", var tag, var image] => Find(ImageName.Parse(image)) is { } source
            ? (0, Put(ImageName.Parse(tag), (string)source["imageManifest"]!))
            : (1, $"{image} not found"),
        ["buildx", "build", "--output", var output, var folder] => BuildByDigest(output, folder),
        _ => (125, $"no fake for docker {string.Join(' ', arguments)}"),
    };

    private string Put(ImageName image, string manifest) =>
        TestImage.PutAsync(access(image.Account), image.Repository, image.Tag, manifest).GetAwaiter().GetResult();

    private JToken? Find(ImageName image) => Ecr(image).JsonAsync("BatchGetImage", new JObject
    {
        ["repositoryName"] = image.Repository,
        ["imageIds"] =
            new JArray(image.Digest is null ? new JObject { ["imageTag"] = image.Tag } : new JObject { ["imageDigest"] = image.Digest }),
    }).GetAwaiter().GetResult()["images"]!.FirstOrDefault();

    private AwsApi Ecr(ImageName image) => access(image.Account).Api("ecr");

    private sealed partial record ImageName(string Account, string Repository, string? Tag, string? Digest)
    {
        public static ImageName Parse(string text) => Pattern().Match(text) is { Success: true } match
            ? new ImageName(
                match.Groups["account"].Value, match.Groups["repository"].Value, Value(match.Groups["tag"]), Value(match.Groups["digest"]))
            : throw new FormatException($"{text} is not an image of a private registry of AWS");

        private static string? Value(Group group) => group.Success ? group.Value : null;

        [GeneratedRegex(
            "^(?<account>[0-9]{12})\\.dkr\\.ecr\\.[a-z0-9-]+\\.amazonaws\\.com/(?<repository>[a-z0-9/._-]+)(:(?<tag>[\\w.-]+))?(@(?<digest>sha256:[0-9a-f]{64}))?$")]
        private static partial Regex Pattern();
    }
}
