using System.Text;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Configuration.Model;
using Infra.Naming;
using Infra.Operations.Aws;

namespace Infra.Operations.Smoke;

/// <summary>The objects of a smoke test: its input, which is written before the task runs, and the results that the task writes.</summary>
/// <param name="access">Access to the account.</param>
/// <param name="names">Names of the environment.</param>
/// <param name="objects">Buckets, input and expected text.</param>
internal sealed class TaskObjects(AwsAccess access, Names names, SmokeObjectsConfig objects) : IAsyncDisposable
{
    private readonly AmazonS3Client _s3 = access.S3();

    /// <summary>Key prefix of this run, below the only one that roles of workflows can write.</summary>
    public string Prefix { get; } = $"{Names.ProbePrefix}{Guid.NewGuid():N}/";

    /// <summary>The command with the prefix in place of <c>{prefix}</c>.</summary>
    public IReadOnlyList<string> Fill(IReadOnlyList<string> command) =>
        [.. command.Select(argument => argument.Replace("{prefix}", Prefix, StringComparison.Ordinal))];

    public Task WriteInputAsync(CancellationToken cancellation) => _s3.PutObjectAsync(
        new PutObjectRequest { BucketName = names.Bucket(objects.From), Key = $"{Prefix}input.json", ContentBody = objects.Content },
        cancellation);

    /// <summary>Why the results are not as expected; null if they are.</summary>
    public async Task<string?> CheckResultAsync(CancellationToken cancellation)
    {
        string bucket = names.Bucket(objects.To);
        string[] keys = await KeysAsync(bucket, cancellation);
        // The input is not a result where both are in one bucket.
        string[] results = [.. keys.Where(key => key != $"{Prefix}input.json")];
        foreach (string key in results)
        {
            using GetObjectResponse answer = await _s3.GetObjectAsync(bucket, key, cancellation);
            using var reader = new StreamReader(answer.ResponseStream, Encoding.UTF8);
            if ((await reader.ReadToEndAsync(cancellation)).Contains(objects.Contains, StringComparison.Ordinal))
                return null;
        }

        return results.Length == 0
            ? $"it wrote nothing below {bucket}/{Prefix}"
            : $"none of {string.Join(", ", results)} in {bucket} contains '{objects.Contains}'";
    }

    /// <summary>Deletes input and results.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (string bucket in new[] { names.Bucket(objects.From), names.Bucket(objects.To) }.Distinct())
        {
            foreach (string key in await KeysAsync(bucket, CancellationToken.None))
                await _s3.DeleteObjectAsync(bucket, key, CancellationToken.None);
        }

        _s3.Dispose();
    }

    private async Task<string[]> KeysAsync(string bucket, CancellationToken cancellation)
    {
        ListObjectsV2Response page =
            await _s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = Prefix }, cancellation);
        return [.. (page.S3Objects ?? []).Select(each => each.Key)];
    }
}
