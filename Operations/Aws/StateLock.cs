using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Operations.Output;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Aws;

/// <summary>
/// Both locks of a state, as Terraform takes them: the lock file next to the state and the item in the lock table. While they are held,
/// neither Terraform nor another run can lock the state.
/// </summary>
internal sealed class StateLock : IAsyncDisposable
{
    private readonly AwsAccess _access;
    private readonly string _bucket;
    private readonly string _table;
    private readonly string _key;

    private StateLock(AwsAccess access, string bucket, string table, string key) =>
        (_access, _bucket, _table, _key) = (access, bucket, table, key);

    private string FileKey => $"{_key}.tflock";

    private string ItemId => $"{_bucket}/{_key}";

    /// <summary>Takes both locks, or none.</summary>
    /// <exception cref="OperationException">One of them is held.</exception>
    public static async Task<StateLock> TakeAsync(
        AwsAccess access, string bucket, string table, string key, string operation, CancellationToken cancellation)
    {
        var held = new StateLock(access, bucket, table, key);
        string info = new JObject
        {
            ["ID"] = Guid.NewGuid().ToString(),
            ["Operation"] = operation,
            ["Info"] = "",
            ["Who"] = $"{Environment.UserName}@{Environment.MachineName}",
            ["Version"] = "1.11.0",
            ["Created"] = DateTime.UtcNow.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", System.Globalization.CultureInfo.InvariantCulture),
            ["Path"] = $"{bucket}/{key}",
        }.ToString(Formatting.None);

        using AmazonS3Client s3 = access.S3();
        try
        {
            await s3.PutObjectAsync(
                new PutObjectRequest
                {
                    BucketName = bucket,
                    Key = held.FileKey,
                    ContentBody = info,
                    ContentType = "application/json",
                    IfNoneMatch = "*",
                }, cancellation);
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.PreconditionFailed or HttpStatusCode.Conflict)
        {
            throw await held.HeldAsync(e, cancellation);
        }

        using AmazonDynamoDBClient dynamoDb = access.DynamoDb();
        try
        {
            await dynamoDb.PutItemAsync(
                new PutItemRequest
                {
                    TableName = table,
                    Item = new Dictionary<string, AttributeValue> { ["LockID"] = new() { S = held.ItemId }, ["Info"] = new() { S = info } },
                    ConditionExpression = "attribute_not_exists(LockID)",
                },
                cancellation);
        }
        catch (ConditionalCheckFailedException e)
        {
            OperationException failure = await held.HeldAsync(e, cancellation);
            await s3.DeleteObjectAsync(bucket, held.FileKey, CancellationToken.None);
            throw failure;
        }
        return held;
    }

    public async ValueTask DisposeAsync()
    {
        // Also after Ctrl-C: a lock that is not released blocks all other runs.
        using AmazonDynamoDBClient dynamoDb = _access.DynamoDb();
        await dynamoDb.DeleteItemAsync(
            _table, new Dictionary<string, AttributeValue> { ["LockID"] = new() { S = ItemId } }, CancellationToken.None);
        using AmazonS3Client s3 = _access.S3();
        await s3.DeleteObjectAsync(_bucket, FileKey, CancellationToken.None);
    }

    private async Task<OperationException> HeldAsync(Exception cause, CancellationToken cancellation)
    {
        string? holder = await new StateBucket(_access, _bucket, _table).LockHolderAsync(_key, cancellation);
        return new OperationException(
            ExitCode.Failed,
            $"the state s3://{_bucket}/{_key} is locked{(holder is null ? "" : $", held by {holder}")}; nothing was changed",
            "wait for it to end; the lock of a run that died is released with: terraform force-unlock ID",
            cause);
    }
}
