using System.Globalization;
using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Operations.Output;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Aws;

/// <summary>Reads the bucket with Terraform's state, and the table with its locks, without running Terraform.</summary>
internal sealed class StateBucket(AwsAccess access, string name, string lockTable)
{
    public string Name { get; } = name;

    /// <summary>Whether the bucket exists.</summary>
    /// <exception cref="OperationException">It belongs to another account, or is in another region.</exception>
    public async Task<bool> ExistsAsync(CancellationToken cancellation)
    {
        using AmazonS3Client s3 = access.S3();
        try
        {
            await s3.HeadBucketAsync(new HeadBucketRequest { BucketName = Name }, cancellation);
            return true;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.Forbidden)
        {
            throw new OperationException(
                ExitCode.WrongAccount, $"{access.Source} may not use the state bucket {Name}",
                "it belongs to another account, or the role lacks s3:ListBucket on it", e);
        }
        catch (AmazonS3Exception e) when (e.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.BadRequest)
        {
            throw new OperationException(
                ExitCode.WrongAccount, $"the state bucket {Name} is not in {access.Region}",
                "fix \"region\" in the environment file; nothing was changed", e);
        }
    }

    /// <summary>Number of managed resources in the state of a stack; 0 if there is no state, null if it is not readable.</summary>
    public async Task<int?> ResourceCountAsync(string key, CancellationToken cancellation)
    {
        JObject? state = await ReadAsync(key, cancellation);
        return state is null ? 0 : (state["resources"] as JArray)?.Count(resource => (string?)resource["mode"] == "managed");
    }

    /// <summary>
    /// Whether there is a state with that key. It lists instead of reads, so that it also works for roles that may not read the bootstrap
    /// stack's state.
    /// </summary>
    public async Task<bool> HasStateAsync(string key, CancellationToken cancellation)
    {
        using AmazonS3Client s3 = access.S3();
        ListObjectsV2Response answer =
            await s3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Name, Prefix = key }, cancellation);
        return (answer.S3Objects ?? []).Any(found => found.Key == key);
    }

    /// <summary>Addresses of the managed resources in the state of a stack.</summary>
    public async Task<IReadOnlyList<string>> AddressesAsync(string key, CancellationToken cancellation) =>
        ((await ReadAsync(key, cancellation))?["resources"] as JArray ?? []).Where(resource => (string?)resource["mode"] == "managed")
        .Select(resource => $"{(resource["module"] is { } module ? $"{module}." : "")}{resource["type"]}.{resource["name"]}").ToArray();

    /// <summary>
    /// Attributes of the managed resources of one type in the state of a stack, by address without index; of the first instance.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, JObject>> AttributesAsync(string key, string type, CancellationToken cancellation) =>
        ((await ReadAsync(key, cancellation))?["resources"] as JArray ?? [])
        .Where(resource => (string?)resource["mode"] == "managed" && (string?)resource["type"] == type && resource["module"] is null)
        .Select(resource =>
            (Address: $"{resource["type"]}.{resource["name"]}", Attributes: resource.SelectToken("instances[0].attributes") as JObject))
        .Where(resource => resource.Attributes is not null)
        .ToDictionary(resource => resource.Address, resource => resource.Attributes!, StringComparer.Ordinal);

    /// <summary>Outputs of a stack, by name; empty if it is not deployed.</summary>
    public async Task<IReadOnlyDictionary<string, JToken>> OutputsAsync(string key, CancellationToken cancellation) =>
        (await ReadOutputsAsync(key, cancellation)).ToDictionary(output => output.Name, output => output.Value, StringComparer.Ordinal);

    /// <summary>Outputs of a state, and which are sensitive; none if there is no state.</summary>
    public async Task<IReadOnlyList<StateOutput>> ReadOutputsAsync(string key, CancellationToken cancellation) =>
    [
        .. ((await ReadAsync(key, cancellation))?["outputs"] as JObject ?? []).Properties().Select(output => new StateOutput(
            output.Name, output.Value["value"] ?? JValue.CreateNull(), (bool?)output.Value["sensitive"] ?? false)),
    ];

    /// <summary>Lineage and serial of a state; null if there is none.</summary>
    public async Task<StateSerial?> VersionAsync(string key, CancellationToken cancellation) =>
        await ReadAsync(key, cancellation) is { } state
            ? new StateSerial((string?)state["lineage"] ?? "", (long?)state["serial"] ?? 0)
            : null;

    /// <summary>
    /// Who holds the lock of a state, as Terraform records it in lock file and table; null if it is not locked or cannot be read.
    /// </summary>
    public async Task<string?> LockHolderAsync(string key, CancellationToken cancellation)
    {
        try
        {
            // Terraform before 1.11 uses only the lock in the table.
            return (await ReadAsync(key + ".tflock", cancellation) ?? await ReadLockItemAsync(key, cancellation)) is { } info
                ? Describe(info)
                : null;
        }
        catch (Exception e) when (e is Amazon.Runtime.AmazonServiceException or HttpRequestException or JsonException)
        {
            // Best effort: Terraform itself reports the lock if it is not released in time.
            return null;
        }
    }

    /// <summary><c>ada@laptop since 14:02:11 (OperationTypeApply, lock 6f1c…)</c>.</summary>
    internal static string Describe(JObject info)
    {
        string since = DateTime.TryParse(
            (string?)info["Created"], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out DateTime created)
            ? created.ToString("HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
            : "an unknown time";
        return $"{(string?)info["Who"] ?? "unknown"} since {since} ({(string?)info["Operation"] ?? "unknown operation"}, lock "
            + $"{(string?)info["ID"] ?? "without id"})";
    }

    private async Task<JObject?> ReadLockItemAsync(string key, CancellationToken cancellation)
    {
        using AmazonDynamoDBClient dynamoDb = access.DynamoDb();
        GetItemResponse answer = await dynamoDb.GetItemAsync(
            lockTable, new Dictionary<string, AttributeValue> { ["LockID"] = new() { S = $"{Name}/{key}" } }, consistentRead: true,
            cancellation);
        return answer.Item?.GetValueOrDefault("Info")?.S is { } info ? Parse(info) : null;
    }

    private static JObject Parse(string text)
    {
        // Dates are kept as text, as Terraform wrote them.
        using var json = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
        return JObject.Load(json);
    }

    private async Task<JObject?> ReadAsync(string key, CancellationToken cancellation)
    {
        using AmazonS3Client s3 = access.S3();
        try
        {
            using GetObjectResponse answer = await s3.GetObjectAsync(Name, key, cancellation);
            using var reader = new StreamReader(answer.ResponseStream);
            return Parse(await reader.ReadToEndAsync(cancellation));
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}

/// <param name="Name">Name of an output.</param>
/// <param name="Value">Value.</param>
/// <param name="IsSensitive">Whether Terraform marks it as sensitive.</param>
internal sealed record StateOutput(string Name, JToken Value, bool IsSensitive);
