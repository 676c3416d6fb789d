using System.Globalization;
using Amazon.S3;
using Infra.Configuration.Derived;
using Infra.Contracts;
using Infra.Naming;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Images;

/// <summary>
/// Copies the released images of an environment, manifests and layers, from its registry to a bucket. What is in the bucket is not copied
/// again; the index is written last, so that it never names a blob that is missing.
/// </summary>
internal sealed class ImageExport(RunContext context, SessionOptions options, ImageBucket bucket)
{
    // S3 Standard in us-east-1: https://aws.amazon.com/s3/pricing/
    private const double UsdPerGb = 0.023;

    private CancellationToken Stopping => context.Stopping;

    /// <param name="services">Services and agents; empty means all.</param>
    public async Task<ExitCode> RunAsync(IReadOnlyCollection<string> services)
    {
        Connection connection = await Connection.OpenAsync(context, options);
        string name = bucket.NameFor(connection);
        using AmazonS3Client s3 = bucket.Client(connection);
        ImageLayout layout = await ImageLayout.OpenAsync(s3, name, Stopping);
        IReadOnlyList<ExportedImage> before = await layout.ReadIndexAsync(Stopping);
        var exported = new List<ExportedImage>();
        long copied = 0;
        foreach ((string repository, string digest, string[] applications) in await ReleasedAsync(connection, services))
        {
            (ExportedImage image, long bytes) = await CopyAsync(connection, layout, repository, digest, applications);
            exported.Add(image);
            copied += bytes;
        }

        if (exported.Count == 0)
        {
            context.Reporter.Line("nothing was released yet");
            return ExitCode.Ok;
        }

        List<ExportedImage> index = Merged(before, exported);
        bool changed = copied > 0 || !index.Select(image => image.ToJson().ToString()).SequenceEqual(
            before.Select(image => image.ToJson().ToString()));
        if (options.DryRun)
            return changed ? ExitCode.Changes : ExitCode.Ok;
        if (changed)
            await layout.WriteIndexAsync(index, Stopping);
        context.Reporter.Good(
            $"s3://{name}/{ImageLayout.Prefix}: {Megabytes(copied)} copied, {Megabytes(layout.Size)} in total, about "
                + $"{(layout.Size / 1e9 * UsdPerGb).ToString("0.00", CultureInfo.InvariantCulture)} USD a month");
        return ExitCode.Ok;
    }

    /// <summary>The images of the index: those exported now, and earlier ones, which no longer count as released.</summary>
    internal static List<ExportedImage> Merged(IReadOnlyList<ExportedImage> before, IReadOnlyList<ExportedImage> now)
    {
        string[] services = [.. now.SelectMany(image => image.Released)];
        return
        [
            .. now.Concat(before
                .Where(image => now.All(other => (other.Repository, other.Digest) != (image.Repository, image.Digest)))
                .Select(image => image with { Released = [.. image.Released.Except(services)] }))
                .OrderBy(image => image.Repository, StringComparer.Ordinal).ThenBy(image => image.Digest, StringComparer.Ordinal),
        ];
    }

    /// <summary>Released images: repository, digest, and the services and agents that run it.</summary>
    private async Task<IReadOnlyList<(string Repository, string Digest, string[] Applications)>> ReleasedAsync(
        Connection connection, IReadOnlyCollection<string> services)
    {
        var ledger = new ReleaseLedger(connection.Access);
        var released = new List<(Application Application, string Digest)>();
        foreach (Application application in NamedApplication.FindAll(connection.Environment.Config, services))
        {
            string digest = (await ledger.CurrentAsync(connection.Environment.Names.Release(application.Name), Stopping)).Value;
            if (digest == ReleaseParameter.NothingReleased)
                context.Reporter.Line($"{application.Name}: nothing was released yet");
            else
                released.Add((application, digest));
        }

        return
        [
            .. released.GroupBy(each => (each.Application.Repository, each.Digest)).Select(group => (
                group.Key.Repository, group.Key.Digest,
                group.Select(each => each.Application.Name).Order(StringComparer.Ordinal).ToArray())),
        ];
    }

    private async Task<(ExportedImage Image, long Copied)> CopyAsync(
        Connection connection, ImageLayout layout, string repository, string digest, string[] applications)
    {
        string registry = connection.Environment.Names.Repository(repository);
        using var source = new ImageDownload(connection.Access, registry);
        IReadOnlyList<ImageManifest> manifests = await source.ManifestsAsync(digest, Stopping);
        RegistryImage found = (await new ImageRegistry(connection.Access, registry).FindAsync(digest, null, Stopping))!;
        ImageBlob[] blobs = [.. manifests.SelectMany(manifest => manifest.Blobs).DistinctBy(blob => blob.Digest)];
        ImageBlob[] missing = [.. blobs.Where(blob => !layout.Has(blob))];
        long bytes = missing.Sum(blob => blob.Size);
        context.Reporter.Line(
            $"{string.Join(", ", applications)}: {ImageReference.Short(digest)}: {missing.Length} of {blobs.Length} layers "
                + $"{(options.DryRun ? "to copy" : "are copied")}, {Megabytes(bytes)}");
        if (!options.DryRun)
        {
            using var folder = new WorkFolder();
            foreach (ImageBlob blob in missing)
            {
                await source.DownloadAsync(blob, folder.File, Stopping);
                await layout.PutAsync(blob, folder.File, Stopping);
            }

            foreach (ImageManifest manifest in manifests)
                await layout.PutAsync(manifest, Stopping);
        }

        // The tag of the commit or version first: it names the image for other tools.
        string[] tags = [.. found.Tags.OrderBy(tag => tag.StartsWith(Names.ReleaseTagStart, StringComparison.Ordinal))
            .ThenBy(tag => tag, StringComparer.Ordinal)];
        ImageManifest top = manifests[^1];
        return (new ExportedImage(repository, digest, top.MediaType, top.Content.Length, tags, applications), bytes);
    }

    private static string Megabytes(long bytes) => $"{(bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture)} MB";
}
