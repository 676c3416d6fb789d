using System.Text.RegularExpressions;
using Infra.Configuration;
using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Operations.Output;

namespace Infra.Operations.Delivery;

/// <summary>
/// Determines the images of a delivery, from the command line and from the pipeline that deploys the environment. A mistake is reported
/// before anything is built or deployed.
/// </summary>
/// <param name="environment">Environment.</param>
/// <param name="options">Options.</param>
/// <param name="root">Folder that the paths of the pipeline are relative to.</param>
internal sealed partial class ImageSources(LoadedEnvironment environment, DeliveryOptions options, string root)
{
    private string Name => environment.Config.Name;

    /// <summary>The images, in the order of their repositories' names.</summary>
    /// <exception cref="OperationException">A build context or digest is missing, unknown or malformed.</exception>
    public IReadOnlyList<DeliveredImage> Read()
    {
        if (options.SkipImages)
        {
            string? given = options.Digests.Count > 0 ? "--digests" : options.Contexts.Count > 0 ? "--context" : null;
            return given is null
                ? []
                : throw OperationException.BadInput($"--skip-images and {given} exclude each other", "pass one of them");
        }

        if (options is { Digests.Count: > 0, Contexts.Count: > 0 })
            throw OperationException.BadInput("--digests and --context exclude each other", "pass one of them");
        IReadOnlyDictionary<string, DeliveredImage> sources = options.Digests.Count > 0 ? Digests() : Builds();
        DeliveredImage[] images =
        [
            .. Repositories().Where(repository => sources.ContainsKey(repository.Key))
                .Select(repository => sources[repository.Key] with { Applications = repository.Value }),
        ];
        foreach (DeliveredImage image in images.Where(image => image.Applications.Select(each => each.Architecture).Distinct().Count() > 1))
            throw OperationException.BadInput(
                $"repository {image.Repository} has services of both architectures, which one build cannot serve",
                "give each architecture its own repository, or push an image for both and release it: ./infra release");
        return sources.Count > 0
            ? images
            : throw OperationException.BadInput(
                $"{Name} has no image to build",
                $"pass --context NAME=DIR; available: {Known}\nor --skip-images, for only the stacks and the smoke tests");
    }

    /// <summary>Services and agents of the delivery without an image in it, which keep the released one.</summary>
    public IEnumerable<string> Kept(IReadOnlyList<DeliveredImage> images) =>
        Repositories().Where(repository => images.All(image => image.Repository != repository.Key))
            .SelectMany(repository => repository.Value.Select(application => application.Name));

    private Dictionary<string, DeliveredImage> Builds()
    {
        var builds = new Dictionary<string, DeliveredImage>(StringComparer.Ordinal);
        foreach ((string repository, PipelineImageConfig image) in
            environment.DeployedFrom?.Config.Pipeline?.Images ?? new Dictionary<string, PipelineImageConfig>())
            builds[repository] = new DeliveredImage(repository, [])
            {
                Context = Path.Combine(root, image.Context),
                Dockerfile = image.Dockerfile,
            };
        foreach (string context in options.Contexts)
        {
            string[] parts = context.Split('=', 2);
            if (parts.Length < 2 || parts[0].Length == 0 || parts[1].Length == 0)
                throw OperationException.BadInput($"--context {context} is not NAME=DIR", "for example --context backend=../app/backend");
            CheckKnown("--context", parts[0]);
            builds[parts[0]] = (builds.GetValueOrDefault(parts[0]) ?? new DeliveredImage(parts[0], [])) with
            {
                Context = Path.GetFullPath(parts[1]),
            };
        }

        foreach (DeliveredImage build in builds.Values.Where(build => Repositories().ContainsKey(build.Repository)))
        {
            string file = Path.Combine(build.Context!, build.Dockerfile);
            if (!File.Exists(file))
                throw OperationException.BadInput(
                    $"the image of {build.Repository} cannot be built: there is no file {file}",
                    $"pass --context {build.Repository}=DIR, or correct pipeline.images.{build.Repository}");
        }

        return builds;
    }

    private Dictionary<string, DeliveredImage> Digests()
    {
        var found = new Dictionary<string, DeliveredImage>(StringComparer.Ordinal);
        foreach (string file in options.Digests)
        {
            if (!File.Exists(file))
                throw OperationException.BadInput($"--digests: there is no file {file}");
            foreach ((string line, int i) in File.ReadAllLines(file).Select((line, i) => (line, i)).Where(each => each.line.Length > 0))
            {
                if (Line().Match(line) is not { Success: true } match)
                    throw OperationException.BadInput(
                        $"{file}:{i + 1}: {line} is not NAME=sha256:… with 64 hexadecimal digits");
                string repository = match.Groups["repository"].Value;
                CheckKnown($"{file}:{i + 1}:", repository);
                found[repository] = new DeliveredImage(repository, []) { Digest = match.Groups["digest"].Value };
            }
        }

        return found;
    }

    private void CheckKnown(string where, string repository)
    {
        if (!All.Contains(repository, StringComparer.Ordinal))
            throw OperationException.BadInput($"{where} {Name} has no repository {repository}", $"available: {Known}");
    }

    private IEnumerable<string> All => environment.Config.Repositories.Keys
        .Concat(Application.Of(environment.Config).Select(application => application.Repository)).Distinct(StringComparer.Ordinal);

    private string Known => string.Join(", ", All.Order(StringComparer.Ordinal));

    private SortedDictionary<string, IReadOnlyList<Application>> Repositories() => new(
        Application.Of(environment.Config).Where(application => !options.SkipAgents || !application.IsAgent)
            .GroupBy(application => application.Repository, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<Application>)[.. group]), StringComparer.Ordinal);

    [GeneratedRegex("^(?<repository>[^=]+)=(?<digest>sha256:[0-9a-f]{64})$")]
    private static partial Regex Line();
}
