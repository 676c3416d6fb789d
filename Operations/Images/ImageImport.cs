using Amazon.S3;
using Infra.Configuration.Derived;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Images;

/// <summary>
/// Copies exported images from a bucket to the repositories of an environment: with the same digests, also in another account or Region.
/// </summary>
internal sealed class ImageImport(RunContext context, SessionOptions options, ImageBucket bucket)
{
    private CancellationToken Stopping => context.Stopping;

    /// <param name="services">Services and agents; empty means all.</param>
    /// <param name="all">Whether to import also the images that were released before the last export.</param>
    public async Task<ExitCode> RunAsync(IReadOnlyCollection<string> services, bool all)
    {
        Connection connection = await Connection.OpenAsync(context, options);
        string name = bucket.NameFor(connection);
        using AmazonS3Client s3 = bucket.Client(connection);
        ImageLayout layout = await ImageLayout.OpenAsync(s3, name, Stopping);
        IReadOnlyList<ExportedImage> index = await layout.ReadIndexAsync(Stopping);
        if (index.Count == 0)
            throw OperationException.BadInput(
                $"s3://{name}/{ImageLayout.Prefix} has no exported images", $"export them first: ./infra images export {options.AsTyped}");
        ILookup<string, Application> applications =
            NamedApplication.FindAll(connection.Environment.Config, services).ToLookup(application => application.Repository);
        ExportedImage[] images =
            [.. index.Where(image => applications.Contains(image.Repository) && (all || image.Released.Count > 0))];
        if (images.Length == 0)
            throw OperationException.BadInput(
                $"s3://{name}/{ImageLayout.Prefix} has no image of {string.Join(", ", applications.Select(group => group.Key))}",
                $"available: {string.Join(", ", index.Select(image => image.Repository).Distinct().Order(StringComparer.Ordinal))}");
        bool changed = false;
        foreach (ExportedImage image in images)
            changed |= await CopyAsync(connection, layout, image);
        foreach (ExportedImage image in images)
            foreach (Application application in applications[image.Repository].Where(each => image.Released.Contains(each.Name)))
                context.Reporter.Line($"to release it: ./infra release {application.Name} {image.Digest} {options.AsTyped}");
        return options.DryRun && changed ? ExitCode.Changes : ExitCode.Ok;
    }

    private async Task<bool> CopyAsync(Connection connection, ImageLayout layout, ExportedImage image)
    {
        string repository = connection.Environment.Names.Repository(image.Repository);
        string shown = $"{repository}: {ImageReference.Short(image.Digest)}";
        if (await new ImageRegistry(connection.Access, repository).FindAsync(image.Digest, null, Stopping) is not null)
        {
            context.Reporter.Line($"{shown} is already in the repository");
            return false;
        }

        IReadOnlyList<ImageManifest> manifests = await layout.ManifestsAsync(image.Digest, image.MediaType, Stopping);
        if (options.DryRun)
        {
            context.Reporter.Line($"{shown} would be imported");
            return true;
        }

        var upload = new ImageUpload(connection.Access, repository);
        using var folder = new WorkFolder();
        int copied = 0;
        foreach (ImageBlob blob in manifests.SelectMany(manifest => manifest.Blobs).DistinctBy(blob => blob.Digest))
        {
            if (await upload.HasAsync(blob.Digest, Stopping))
                continue;
            await layout.DownloadAsync(blob, folder.File, Stopping);
            await using FileStream content = File.OpenRead(folder.File);
            await upload.UploadAsync(blob.Digest, content, Stopping);
            copied++;
        }

        // The manifests of an index come before it and have no tags of their own.
        foreach (ImageManifest manifest in manifests.SkipLast(1))
            await upload.PutAsync(manifest, null, Stopping);
        foreach (string? tag in image.Tags.DefaultIfEmpty<string?>(null))
            await upload.PutAsync(manifests[^1], tag, Stopping);
        context.Reporter.Good($"{shown} is imported, {copied} layers, tags {string.Join(", ", image.Tags)}");
        return true;
    }
}
