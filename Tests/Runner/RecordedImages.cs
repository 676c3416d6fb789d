using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Infra.Tests.Runner;

/// <summary>
/// Images by their names with tags or digests. Tags are immutable: a tag that exists cannot be pushed again, also with the same image.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-tag-mutability.html
/// </summary>
internal sealed class RecordedImages
{
    private readonly ConcurrentDictionary<string, string> _digests = new(StringComparer.Ordinal);

    /// <summary>Names with tags that exist.</summary>
    public IEnumerable<string> Tags =>
        _digests.Keys.Where(name => !name.Contains('@', StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    /// <returns>Digest of the image.</returns>
    public string Push(string content, IEnumerable<string> tags)
    {
        string digest = Digest(content);
        foreach (string tag in tags)
            Add(tag, digest);
        return digest;
    }

    public static string Digest(string content) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";

    public (int ExitCode, string Output) Docker(IReadOnlyList<string> arguments, bool hasBuilder)
    {
        switch (arguments)
        {
            case ["buildx", "imagetools", "inspect", var image, "--format", "{{.Manifest.Digest}}"]:
                return _digests.TryGetValue(image, out string? found) ? (0, found) : (1, $"{image}: not found");
            case ["buildx", "imagetools", "create", "--tag", var tag, var image]:
                if (!_digests.TryGetValue(image, out string? digest))
                    return (1, $"{image}: not found");
                if (_digests.ContainsKey(tag))
                    return (1, $"tag invalid: {tag} already exists and cannot be overwritten because the repository is immutable");
                Add(tag, digest);
                return (0, digest);
            case ["buildx", "build", ..]:
                return hasBuilder ? (0, "built") : (1, $"ERROR: {FakeRegistry.NoBuilder}");
            default:
                return (125, $"no fake for docker {string.Join(' ', arguments)}");
        }
    }

    private void Add(string tag, string digest)
    {
        if (!_digests.TryAdd(tag, digest))
            throw new InvalidOperationException($"{tag} exists, and its repository is immutable");
        _digests[$"{tag[..tag.LastIndexOf(':')]}@{digest}"] = digest;
    }
}
