using Infra.Contracts;
using Infra.Operations.Output;

namespace Infra.Operations.Ledger;

/// <summary>
/// Tags by which the repository's lifecycle policy distinguishes released images from images that were only pushed: each image has its own
/// tag, because tags are immutable. The policy keeps a number of them, counted from the last pushed; a tag that is added later does not
/// make an image newer. So no image is released if the policy would then delete the running image, or the one to roll back to.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
/// https://github.com/aws/containers-roadmap/issues/2746
/// </summary>
/// <param name="registry">Image repository of the application.</param>
/// <param name="prefix">Prefix of the tags.</param>
/// <param name="keep">Number of images with such a tag that the policy keeps.</param>
internal sealed class ReleaseTags(ImageRegistry registry, string prefix, int keep)
{
    private const int DigitsOfDigest = 12;

    /// <summary>Tags the image that is to run and the running one, so that the repository keeps both.</summary>
    /// <param name="next">Digest that is to run.</param>
    /// <param name="running">Current value of the ledger.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="OperationException">The repository would not keep both.</exception>
    public async Task KeepAsync(string next, string running, CancellationToken cancellation)
    {
        IReadOnlyList<RegistryImage> images = await registry.ListAsync(cancellation);
        string[] needed = [.. new[] { next, running }.Distinct().Where(digest => digest != ReleaseParameter.NothingReleased)];
        RegistryImage[] released = [.. images.Where(image => IsReleased(image) || needed.Contains(image.Digest))];
        foreach (string digest in needed)
            if (Array.FindIndex(released, image => image.Digest == digest) is var later && later >= keep)
                throw OperationException.BadInput(
                    $"{later} images that were pushed after {ImageReference.Short(digest)} are released, and repository "
                        + $"{registry.Repository} keeps only {keep}: it would delete that image while it is needed",
                    "raise keepReleases of the repository in the environment file, then ./infra deploy --env NAME; or push the image again "
                        + "and release that");

        foreach (string digest in needed)
            if (images.FirstOrDefault(image => image.Digest == digest) is { } image && !IsReleased(image))
                await registry.TagAsync(digest, TagOf(digest), cancellation);
    }

    private bool IsReleased(RegistryImage image) => image.Tags.Any(tag => tag.StartsWith(prefix, StringComparison.Ordinal));

    private string TagOf(string digest) => $"{prefix}{digest["sha256:".Length..][..DigitsOfDigest]}";
}
