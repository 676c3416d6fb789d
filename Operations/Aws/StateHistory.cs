using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Operations.Output;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Aws;

/// <summary>Lists earlier versions of one stack's state in its versioned bucket, and restores one of them.</summary>
/// <param name="access">Credentials of the account.</param>
/// <param name="bucket">State bucket.</param>
/// <param name="lockTable">Table that holds the state's lock and the digest of its last version.</param>
/// <param name="key">Key of the state.</param>
internal sealed class StateHistory(AwsAccess access, string bucket, string lockTable, string key)
{
    // Terraform stores the digest with this ID: https://developer.hashicorp.com/terraform/language/backend/s3
    private string DigestId => $"{bucket}/{key}-md5";

    /// <summary>The versions, newest first. A version that cannot be read is listed without a serial.</summary>
    /// <param name="most">Maximum number of versions.</param>
    /// <param name="cancellation">Cancels the call.</param>
    public async Task<IReadOnlyList<StateObjectVersion>> ListAsync(int most, CancellationToken cancellation)
    {
        using AmazonS3Client s3 = access.S3();
        var found = new List<S3ObjectVersion>();
        var request = new ListVersionsRequest { BucketName = bucket, Prefix = key };
        ListVersionsResponse page;
        do
        {
            page = await s3.ListVersionsAsync(request, cancellation);
            // The prefix also matches base.tflock.
            found.AddRange((page.Versions ?? []).Where(version => version.Key == key));
            (request.KeyMarker, request.VersionIdMarker) = (page.NextKeyMarker, page.NextVersionIdMarker);
        }
        while (page.IsTruncated == true && found.Count < most);

        var versions = new List<StateObjectVersion>();
        // S3 lists by age; other implementations of S3 may list delete markers apart from versions.
        foreach (
            S3ObjectVersion version in found.OrderByDescending(v => v.IsLatest == true).ThenByDescending(v => v.LastModified).Take(most))
        {
            DateTime written = version.LastModified ?? DateTime.MinValue;
            versions.Add(version.IsDeleteMarker == true
                ? new StateObjectVersion(version.VersionId, written, null, null, Deleted: true)
                : Describe(version.VersionId, written, await ReadAsync(s3, version.VersionId, cancellation)));
        }
        return versions;
    }

    /// <summary>
    /// Writes an earlier version as the newest one: with a serial above all others, because Terraform refuses a lower serial, and with
    /// its digest in the lock table, because Terraform refuses a state that does not match the digest.
    /// </summary>
    /// <returns>The new serial.</returns>
    /// <exception cref="OperationException">There is no such version, it is not a state, or the state is locked.</exception>
    public async Task<long> RestoreAsync(string versionId, CancellationToken cancellation)
    {
        using AmazonS3Client s3 = access.S3();
        string text = await ReadAsync(s3, versionId, cancellation)
            ?? throw OperationException.BadInput(
                $"s3://{bucket}/{key} has no version {versionId}", "./infra state list STACK   shows the versions");
        if (Parse(text) is not { } state)
            throw OperationException.BadInput($"version {versionId} of s3://{bucket}/{key} is not a state: it is not JSON with a serial",
                "./infra state list STACK   shows the other versions");

        await using IAsyncDisposable held = await StateLock.TakeAsync(access, bucket, lockTable, key, "infra state restore", cancellation);
        long serial = (await ListAsync(int.MaxValue, cancellation)).Max(version => version.Serial ?? 0) + 1;
        state["serial"] = serial;
        byte[] bytes = Encoding.UTF8.GetBytes(state.ToString(Formatting.Indented));

        // The digest first: if this is interrupted, Terraform reports the mismatch and stops instead of using the state that is being
        // replaced.
        using AmazonDynamoDBClient dynamoDb = access.DynamoDb();
        await dynamoDb.PutItemAsync(
            lockTable,
            new Dictionary<string, AttributeValue>
            {
                ["LockID"] = new() { S = DigestId },
                ["Digest"] = new() { S = Digest(bytes) },
            },
            cancellation);
        using var body = new MemoryStream(bytes);
        await s3.PutObjectAsync(
            new PutObjectRequest { BucketName = bucket, Key = key, InputStream = body, ContentType = "application/json" }, cancellation);
        return serial;
    }

    private async Task<string?> ReadAsync(AmazonS3Client s3, string versionId, CancellationToken cancellation)
    {
        try
        {
            using GetObjectResponse answer = await s3.GetObjectAsync(bucket, key, versionId, cancellation);
            using var reader = new StreamReader(answer.ResponseStream);
            return await reader.ReadToEndAsync(cancellation);
        }
        catch (AmazonS3Exception e) when (
            e.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.MethodNotAllowed)
        {
            return null;
        }
    }

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "Terraform compares an MD5 digest.")]
    private static string Digest(byte[] state) => Convert.ToHexStringLower(MD5.HashData(state));

    internal static StateObjectVersion Describe(string id, DateTime written, string? text)
    {
        JObject? state = text is null ? null : Parse(text);
        return new StateObjectVersion(
            id,
            written,
            (long?)state?["serial"],
            (state?["resources"] as JArray)?.Count(resource => (string?)resource["mode"] == "managed"),
            Deleted: false);
    }

    private static JObject? Parse(string text)
    {
        try
        {
            // Dates are kept as text, as Terraform wrote them.
            using var json = new JsonTextReader(
                new StringReader(text))
            { DateParseHandling = DateParseHandling.None, Culture = CultureInfo.InvariantCulture };
            JObject state = JObject.Load(json);
            return state["serial"]?.Type == JTokenType.Integer ? state : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>One version of a state.</summary>
/// <param name="Id">S3 version ID.</param>
/// <param name="Written">When it was written.</param>
/// <param name="Serial">Terraform's serial; null if it cannot be read.</param>
/// <param name="Resources">Number of managed resources.</param>
/// <param name="Deleted">Whether it is a delete marker.</param>
internal sealed record StateObjectVersion(string Id, DateTime Written, long? Serial, int? Resources, bool Deleted);
