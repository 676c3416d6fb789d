using System.Net;
using Amazon.DynamoDBv2;
using Amazon.DynamoDBv2.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Emulator;

/// <summary>One entry of a service's <c>uses</c>: requests that it permits to the task, and similar ones that it does not.</summary>
/// <param name="Entry">The entry: <c>buckets files:readwrite</c>.</param>
/// <param name="Permitted">Requests that must succeed.</param>
/// <param name="Refused">Requests that must be denied.</param>
internal sealed record TaskUse(string Entry, Func<TaskAccess, Task> Permitted, params IReadOnlyList<Func<TaskAccess, Task>> Refused)
{
    /// <summary>Entries of the service <c>worker</c> of <see cref="ServiceRoleTests"/>.</summary>
    public static IReadOnlyList<TaskUse> All { get; } =
    [
        new("buckets files:readwrite", ReadAndWriteObjectsAsync, task => task.PutAsync("other"), task => task.GetAsync("other")),
        new(
            "buckets reports:read",
            async task =>
            {
                await task.GetAsync("reports");
                await task.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = TaskAccess.Bucket("reports") });
            },
            task => task.PutAsync("reports"), task => task.DeleteAsync("reports")),
        new(
            "buckets inbox:write",
            async task =>
            {
                await task.PutAsync("inbox");
                await task.DeleteAsync("inbox");
            },
            task => task.GetAsync("inbox")),
        new("tables sessions:readwrite", ReadAndWriteItemsAsync, task => task.GetItemAsync("other"), task => task.PutItemAsync("other")),
        new(
            "tables catalog:read",
            async task =>
            {
                await task.GetItemAsync("catalog");
                await task.DynamoDb.ScanAsync(new ScanRequest { TableName = TaskAccess.Table("catalog") });
            },
            task => task.PutItemAsync("catalog")),
        new("tables events:write", task => task.PutItemAsync("events"), task => task.GetItemAsync("events")),
        new(
            "queues orders:send",
            async task =>
            {
                await task.SqsAsync("GetQueueUrl", new JObject { ["QueueName"] = "acme-roles-orders" });
                await task.SendAsync("orders");
            },
            task => task.ReceiveAsync("orders"), task => task.SendAsync("outbox"), task => task.SendAsync("orders-dlq")),
        new(
            "queues mail:receive",
            task => task.ReceiveAsync("mail"),
            task => task.SendAsync("mail"), task => task.ReceiveAsync("mail-dlq"),
            task => task.SqsAsync("PurgeQueue", task.Queue("mail"))),
        new(
            "queues returns:send, returns:receive",
            async task =>
            {
                await task.SendAsync("returns.fifo");
                await task.ReceiveAsync("returns.fifo");
            },
            task => task.ReceiveAsync("returns-dlq.fifo")),
        new(
            "secrets partner-key",
            task => task.SecretAsync("GetSecretValue", "partner-key"),
            task => task.SecretAsync("GetSecretValue", "other-key"), task => task.SecretAsync("DescribeSecret", "partner-key")),
        new(
            "discovery true",
            ReadDiscoveryAsync,
            task => task.Api("ssm").JsonAsync("GetParameter", new JObject { ["Name"] = "/roles/acme/schedule/override" })),
        new(
            "models anthropic.claude-3-haiku-20240307-v1:0",
            task => task.InvokeModelAsync("anthropic.claude-3-haiku-20240307-v1:0"),
            task => task.InvokeModelAsync("anthropic.claude-3-opus-20240229-v1:0")),
        new("agents assistant", task => task.InvokeAgentAsync("acme_roles_assistant"), task => task.InvokeAgentAsync("acme_roles_other")),
    ];

    public override string ToString() => Entry;

    private static async Task ReadAndWriteObjectsAsync(TaskAccess task)
    {
        string bucket = TaskAccess.Bucket("files");
        await task.S3.GetBucketLocationAsync(new GetBucketLocationRequest { BucketName = bucket });
        await task.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket });
        await task.PutAsync("files");
        string version = await task.GetAsync("files");
        await task.S3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = TaskAccess.Key, VersionId = version });
        InitiateMultipartUploadResponse upload = await task.S3.InitiateMultipartUploadAsync(bucket, "large");
        await task.S3.AbortMultipartUploadAsync(bucket, "large", upload.UploadId);
        await task.DeleteAsync("files");
    }

    private static async Task ReadDiscoveryAsync(TaskAccess task)
    {
        const string path = "/roles/acme/discovery";
        AwsApi ssm = task.Api("ssm");
        JObject found = await ssm.JsonAsync("GetParametersByPath", new JObject { ["Path"] = path, ["Recursive"] = true });
        JToken name = found["Parameters"]![0]!["Name"]!;
        await ssm.JsonAsync("GetParameter", new JObject { ["Name"] = name });
        await ssm.JsonAsync("GetParameters", new JObject { ["Names"] = new JArray(name) });
    }

    private static async Task ReadAndWriteItemsAsync(TaskAccess task)
    {
        string table = TaskAccess.Table("sessions");
        Dictionary<string, AttributeValue> key = TaskAccess.Item();
        await task.DynamoDb.DescribeTableAsync(table);
        await task.PutItemAsync("sessions");
        await task.GetItemAsync("sessions");
        List<WriteRequest> puts = [new WriteRequest(new PutRequest(key))];
        await task.DynamoDb.BatchWriteItemAsync(new Dictionary<string, List<WriteRequest>> { [table] = puts });
        var keys = new KeysAndAttributes { Keys = [key] };
        await task.DynamoDb.BatchGetItemAsync(new Dictionary<string, KeysAndAttributes> { [table] = keys });
        await task.DynamoDb.ScanAsync(new ScanRequest { TableName = table });
        await task.DynamoDb.QueryAsync(new QueryRequest
        {
            TableName = table,
            KeyConditionExpression = "id = :id",
            ExpressionAttributeValues = new() { [":id"] = key["id"] },
        });
        await task.DynamoDb.UpdateItemAsync(new UpdateItemRequest
        {
            TableName = table,
            Key = key,
            UpdateExpression = "SET seen = :seen",
            ExpressionAttributeValues = new() { [":seen"] = new AttributeValue("today") },
        });
        var exists = new ConditionCheck { TableName = table, Key = key, ConditionExpression = "attribute_exists(id)" };
        await task.DynamoDb.TransactWriteItemsAsync(new TransactWriteItemsRequest
        {
            TransactItems = [new TransactWriteItem { ConditionCheck = exists }],
        });
        await task.DynamoDb.DeleteItemAsync(new DeleteItemRequest { TableName = table, Key = key });
    }
}

/// <summary>Access of a task to the local AWS, with the credentials of its role.</summary>
internal sealed class TaskAccess(AwsAccess access, AWSCredentials credentials) : IDisposable
{
    /// <summary>Key of the object in the requests.</summary>
    public const string Key = "one";

    public AmazonS3Client S3 { get; } = access.S3();

    public AmazonDynamoDBClient DynamoDb { get; } = access.DynamoDb();

    public static string Bucket(string purpose) => $"acme-{purpose}-roles-111111111111";

    public static string Table(string name) => $"acme-roles-{name}";

    /// <summary>Key of the item in the requests.</summary>
    public static Dictionary<string, AttributeValue> Item() => new() { ["id"] = new AttributeValue("1") };

    public AwsApi Api(string service) => access.Api(service);

    public Task PutAsync(string purpose) =>
        S3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket(purpose), Key = Key, ContentBody = "1" });

    /// <summary>Returns the version that was read.</summary>
    public async Task<string> GetAsync(string purpose)
    {
        using GetObjectResponse read = await S3.GetObjectAsync(Bucket(purpose), Key);
        return read.VersionId;
    }

    public Task DeleteAsync(string purpose) => S3.DeleteObjectAsync(Bucket(purpose), Key);

    public Task PutItemAsync(string table) => DynamoDb.PutItemAsync(Table(table), Item());

    public Task GetItemAsync(string table) => DynamoDb.GetItemAsync(Table(table), Item());

    /// <summary>A request's member with the URL of a queue.</summary>
    public JObject Queue(string name) =>
        new() { ["QueueUrl"] = new Uri(access.Endpoint!, $"111111111111/acme-roles-{name}").ToString() };

    public Task<JObject> SqsAsync(string action, JObject input) =>
        new AwsApi(new AwsService("sqs") { Target = "AmazonSQS", JsonVersion = "1.0" }, access.Region, credentials, access.Endpoint)
            .JsonAsync(action, input);

    public Task SendAsync(string queue)
    {
        JObject message = Queue(queue);
        message["MessageBody"] = "{}";
        if (queue.EndsWith(".fifo", StringComparison.Ordinal))
        {
            message["MessageGroupId"] = "1";
            message["MessageDeduplicationId"] = "1";
        }
        return SqsAsync("SendMessage", message);
    }

    /// <summary>Receives the message of the queue, keeps it longer, and deletes it.</summary>
    public async Task ReceiveAsync(string queue)
    {
        JObject request = Queue(queue);
        request["WaitTimeSeconds"] = 0;
        JToken message = (await SqsAsync("ReceiveMessage", request))["Messages"]!.Single();
        JObject handle = Queue(queue);
        handle["ReceiptHandle"] = message["ReceiptHandle"];
        await SqsAsync("ChangeMessageVisibility", new JObject(handle) { ["VisibilityTimeout"] = 120 });
        await SqsAsync("DeleteMessage", handle);
    }

    public Task SecretAsync(string action, string name) =>
        Api("secretsmanager").JsonAsync(action, new JObject { ["SecretId"] = $"roles/acme/{name}" });

    public Task InvokeModelAsync(string id) =>
        new AwsApi(new AwsService("bedrock") { Host = "bedrock-runtime" }, access.Region, credentials, access.Endpoint)
            .RestTextAsync(HttpMethod.Post, $"/model/{id}/invoke", "{}", "application/json");

    public async Task InvokeAgentAsync(string name)
    {
        string runtime = $"arn:aws:bedrock-agentcore:{access.Region}:111111111111:runtime/{name}-0123456789";
        try
        {
            await Api("bedrock-agentcore").RestAsync(HttpMethod.Post, $"/runtimes/{runtime}/invocations", new { });
        }
        catch (AwsApiException e) when (e.Status == HttpStatusCode.NotFound)
        {
            // The local AWS cannot invoke agents; permissions are checked first.
        }
    }

    public void Dispose()
    {
        S3.Dispose();
        DynamoDb.Dispose();
    }
}
