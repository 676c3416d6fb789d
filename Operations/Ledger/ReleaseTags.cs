using Infra.Contracts;
using Infra.Operations.Output;

namespace Infra.Operations.Ledger;

/// <summary>
/// Tags by which the repository's lifecycle policy tells images that were released from those that were only pushed: each has one of
/// its own, since tags are immutable. The policy keeps a number of them, counted from the last pushed; a tag that is added later does not
/// make an image newer. So nothing is released that would push out what runs, or what a release that fails goes back to.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
/// https://github.com/aws/containers-roadmap/issues/2746
/// </summary>
/// <param name="registry">Images of the application.</param>
/// <param name="prefix">What the tags begin with.</param>
/// <param name="keep">Images with such a tag that the policy keeps.</param>
internal sealed class ReleaseTags(ImageRegistry registry, string prefix, int keep)
{
    private const int DigitsOfDigest = 12;

    /// <summary>Has the repository keep the image that is to run, and the one that runs meanwhile.</summary>
    /// <param name="next">Digest that is to run.</param>
    /// <param name="running">What the ledger says now.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="OperationException">The repository would not keep both.</exception>
    public async Task KeepAsync(string next, string running, CancellationToken cancellation)
    {
        IReadOnlyList<RegistryImage> images = await registry.ListAsync(cancellation);
        string[] needed = [.. new[] { next, running }.Distinct().Where(digest => digest != ReleaseParameter.NothingReleased)];
        RegistryImage[] released = [.. images.Where(image => IsReleased(image) || needed.Contains(image.Digest))];
        foreach (string digest in needed)
            if (Array.FindIndex(released, image => image.Digest == digest) is var later && later >= keep)
                throw OperationException.BadInput(
                    $"{later} images that were pushed after {ImageReference.Short(digest)} are released, and repository {registry.Repository} keeps {keep}: it would delete that one while it is needed",
                    "raise keepReleases of the repository in the environment file, then ./infra deploy base; or push the image anew and release that");

        foreach (string digest in needed)
            if (images.FirstOrDefault(image => image.Digest == digest) is { } image && !IsReleased(image))
                await registry.TagAsync(digest, TagOf(digest), cancellation);
    }

    private bool IsReleased(RegistryImage image) => image.Tags.Any(tag => tag.StartsWith(prefix, StringComparison.Ordinal));

    private string TagOf(string digest) => $"{prefix}{digest["sha256:".Length..][..DigitsOfDigest]}";
}
