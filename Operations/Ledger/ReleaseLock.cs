using System.Diagnostics;
using System.Globalization;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Ledger;

/// <summary>
/// Lock for changing the releases of one environment, so that only one run does at a time: an item in the table that also locks Terraform's
/// states, written only if there is none. The lock of a run that died expires.
/// </summary>
internal sealed class ReleaseLock : IAsyncDisposable
{
    private const string Key = "LockID";

    /// <summary>Lifetime of a lock, longer than any run takes.</summary>
    internal static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly AmazonDynamoDBClient _dynamoDb;
    private readonly string _table;
    private readonly string _lockId;
    private readonly string _info;

    private ReleaseLock(AmazonDynamoDBClient dynamoDb, string table, string lockId, string info)
    {
        _dynamoDb = dynamoDb;
        _table = table;
        _lockId = lockId;
        _info = info;
    }

    /// <summary>Takes the lock; while another run holds it, reports the holder and waits.</summary>
    /// <param name="context">Context of the run.</param>
    /// <param name="access">Access to the account.</param>
    /// <param name="table">Lock table.</param>
    /// <param name="lockId">What is locked: <c>tap/poc/layers</c>.</param>
    /// <param name="operation">Operation, shown to other runs that wait.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <exception cref="OperationException">Another run still holds it.</exception>
    public static async Task<ReleaseLock> TakeAsync(
        RunContext context, AwsAccess access, string table, string lockId, string operation, TimeSpan timeout)
    {
        CancellationToken cancellation = context.Stopping;
        AmazonDynamoDBClient dynamoDb = access.DynamoDb();
        string? holder = null;
        var watch = Stopwatch.StartNew();
        try
        {
            while (true)
            {
                DateTimeOffset now = DateTimeOffset.UtcNow;
                string info = Info(operation, now, context.Variables);
                if (await TryPutAsync(dynamoDb, table, lockId, info, now, cancellation))
                    return new ReleaseLock(dynamoDb, table, lockId, info);

                bool told = holder is not null;
                holder = await HolderAsync(dynamoDb, table, lockId, cancellation) ?? holder ?? "another run";
                if (watch.Elapsed >= timeout)
                    throw OperationException.Failed(
                        $"{lockId} is locked by {holder}",
                        $"nothing was changed\nrun the same command again; the lock of a run that died expires {Longest.TotalMinutes:0} "
                            + "minutes after it started");
                if (!told)
                    context.Reporter.Warn($"waiting up to {Reporter.Duration(timeout)} for {lockId}, locked by {holder}");
                await Task.Delay(Pause, cancellation);
            }
        }
        catch
        {
            dynamoDb.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        using (_dynamoDb)
        {
            try
            {
                await _dynamoDb.DeleteItemAsync(new DeleteItemRequest
                {
                    TableName = _table,
                    Key = Named(_lockId),
                    ConditionExpression = "Info = :info",
                    ExpressionAttributeValues = new Dictionary<string, AttributeValue> { [":info"] = new() { S = _info } },
                });
            }
            catch (ConditionalCheckFailedException)
            {
                // Taken over by another run after it expired.
            }
        }
    }

    private static async Task<bool> TryPutAsync(
        AmazonDynamoDBClient dynamoDb, string table, string lockId, string info, DateTimeOffset now, CancellationToken cancellation)
    {
        try
        {
            await dynamoDb.PutItemAsync(new PutItemRequest
            {
                TableName = table,
                Item = new Dictionary<string, AttributeValue>
                {
                    [Key] = new() { S = lockId },
                    ["Info"] = new() { S = info },
                    ["Ends"] = new() { N = (now + Longest).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
                },
                ConditionExpression = $"attribute_not_exists({Key}) OR Ends < :now",
                ExpressionAttributeValues = new Dictionary<string, AttributeValue>
                {
                    [":now"] = new() { N = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) },
                },
            }, cancellation);
            return true;
        }
        catch (ConditionalCheckFailedException)
        {
            return false;
        }
        catch (ResourceNotFoundException)
        {
            throw OperationException.BadInput(
                $"there is no lock table {table}", "the account is not bootstrapped: ./infra bootstrap --env NAME");
        }
    }

    private static async Task<string?> HolderAsync(
        AmazonDynamoDBClient dynamoDb, string table, string lockId, CancellationToken cancellation)
    {
        GetItemResponse answer = await dynamoDb.GetItemAsync(table, Named(lockId), consistentRead: true, cancellation);
        // In the format of Terraform's locks, so that both are shown in the same way.
        using var text = new StringReader(answer.Item?.GetValueOrDefault("Info")?.S ?? "");
        using var json = new JsonTextReader(text) { DateParseHandling = DateParseHandling.None };
        return json.Read() ? StateBucket.Describe(JObject.Load(json)) : null;
    }

    private static string Info(string operation, DateTimeOffset now, EnvironmentVariables variables) => new JObject
    {
        ["ID"] = Guid.NewGuid().ToString(),
        ["Operation"] = operation,
        ["Who"] = variables["GITHUB_RUN_ID"] is { } run
            ? $"{variables["GITHUB_ACTOR"]} in run {run} of {variables["GITHUB_REPOSITORY"]}"
            : $"{Environment.UserName}@{Environment.MachineName}",
        ["Created"] = now.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
    }.ToString(Formatting.None);

    private static Dictionary<string, AttributeValue> Named(string lockId) => new() { [Key] = new AttributeValue { S = lockId } };
}
