using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Sites;

/// <summary>The site command: uploads a built site to its bucket, invalidates CloudFront, and checks what is served.</summary>
internal sealed class SiteCommand(RunContext context, SessionOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Uploads changed files, invalidates the cache, and checks that the new index is served.</summary>
    public async Task<ExitCode> DeployAsync(string site, string folder)
    {
        LoadedEnvironment environment = EnvironmentLoader.Load(context, options.Environment);
        if (!environment.Config.Sites.ContainsKey(site))
            throw OperationException.BadInput(
                $"{environment.File} has no site {site}", $"available: {string.Join(", ", environment.Config.Sites.Keys)}");
        if (!File.Exists(Path.Combine(folder, SiteFile.Index)))
            throw OperationException.BadInput($"{folder} has no {SiteFile.Index}", "pass the folder with the built site");

        Connection connection = await Connection.OpenAsync(context, options, environment);
        var ssm = new SsmClient(connection.Access);
        string bucket = await ParameterAsync(ssm, environment, site, "bucket");
        string distribution = await ParameterAsync(ssm, environment, site, "distribution-id");
        string url = await ParameterAsync(ssm, environment, site, "url");

        IReadOnlyList<SiteFile> files = SiteFile.In(folder);
        (int uploaded, IReadOnlyList<string> removed) = await SyncAsync(connection.Access, bucket, files);
        context.Reporter.Line($"{bucket}: {uploaded} uploaded, {files.Count - uploaded} unchanged, {removed.Count} removed");
        if (uploaded == 0 && removed.Count == 0)
        {
            context.Reporter.Good($"{site}: nothing to do");
            return ExitCode.Ok;
        }

        if (options.DryRun)
            return ExitCode.Changes;
        await InvalidateAsync(new CloudFrontClient(connection.Access), distribution);
        await CheckServedAsync(connection, url, Path.Combine(folder, SiteFile.Index));
        context.Reporter.Good($"{site}: deployed to {url}");
        return ExitCode.Ok;
    }

    private async Task<string> ParameterAsync(SsmClient ssm, LoadedEnvironment environment, string site, string what)
    {
        string name = environment.Names.Discovery($"sites/{site}/{what}");
        return await ssm.FindParameterAsync(name, context.Stopping) ?? throw OperationException.BadInput(
            $"there is no parameter {name}", "base creates the site and its parameters: ./infra deploy --env NAME");
    }

    private async Task<(int Uploaded, IReadOnlyList<string> Removed)> SyncAsync(
        AwsAccess access, string bucket, IReadOnlyList<SiteFile> files)
    {
        using AmazonS3Client s3 = access.S3();
        var there = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (
            S3Object found in s3.Paginators.ListObjectsV2(new ListObjectsV2Request { BucketName = bucket }).S3Objects.WithCancellation(
                context.Stopping))
            there[found.Key] = found.ETag.Trim('"');

        int uploaded = 0;
        foreach (SiteFile file in files.Where(file => there.GetValueOrDefault(file.Key) != Digest(file.Path)))
        {
            uploaded++;
            context.Reporter.Detail($"  {file.Key}: {file.CacheControl}");
            if (options.DryRun)
                continue;
            await s3.PutObjectAsync(new PutObjectRequest
            {
                BucketName = bucket,
                Key = file.Key,
                FilePath = file.Path,
                ContentType = file.ContentType,
                Headers = { CacheControl = file.CacheControl },
            }, context.Stopping);
        }

        // Immutable files are kept: a page that was loaded before may still request them.
        string[] removed =
            [.. there.Keys.Except(files.Select(file => file.Key)).Where(key => !new SiteFile(key, "").IsImmutable)
                .Order(StringComparer.Ordinal)];
        foreach (string key in removed)
        {
            context.Reporter.Detail($"  {key}: removed");
            if (!options.DryRun)
                await s3.DeleteObjectAsync(bucket, key, context.Stopping);
        }

        return (uploaded, removed);
    }

    /// <summary>
    /// S3's ETag of an object that was uploaded in one part with an S3 managed key; with a KMS key it differs, and the file is uploaded
    /// again.
    /// </summary>
    [SuppressMessage("Security", "CA5351", Justification = "S3's ETag, not used for security")]
    private static string Digest(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(MD5.HashData(stream));
    }

    private async Task InvalidateAsync(CloudFrontClient cloudFront, string distribution)
    {
        CloudFrontInvalidation invalidation = await cloudFront.CreateInvalidationAsync(distribution, context.Stopping);
        context.Reporter.Line($"{distribution}: invalidation {invalidation.Id}");
        DateTime deadline = DateTime.UtcNow + Patience;
        while (invalidation.Status != "Completed")
        {
            if (DateTime.UtcNow > deadline)
                throw OperationException.Failed(
                    $"invalidation {invalidation.Id} did not complete in {Patience.TotalMinutes:0} minutes",
                    "the files are uploaded; CloudFront serves them when the invalidation completes");
            await Task.Delay(TimeSpan.FromSeconds(5), context.Stopping);
            invalidation = await cloudFront.GetInvalidationAsync(distribution, invalidation.Id, context.Stopping);
        }
    }

    private async Task CheckServedAsync(Connection connection, string url, string index)
    {
        if (connection.OnEmulator)
        {
            context.Reporter.Line($"{url} is not checked: the emulator does not serve requests");
            return;
        }

        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(15) };
        byte[] served = await client.GetByteArrayAsync(new Uri($"{url}/"), context.Stopping);
        byte[] uploaded = await File.ReadAllBytesAsync(index, context.Stopping);
        if (!served.SequenceEqual(uploaded))
            throw OperationException.Failed($"{url}/ serves another {SiteFile.Index} than the one that was uploaded",
                "to roll back, deploy the earlier build again; earlier versions are in the bucket");
        context.Reporter.Line($"{url}/ serves the new {SiteFile.Index}");
    }
}
