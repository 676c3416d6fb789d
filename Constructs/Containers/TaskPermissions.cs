using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Constructs.Encryption;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Containers;

/// <summary>Permissions of a task role, derived from what the environment file lists under <c>uses</c>: named resources only.</summary>
internal static class TaskPermissions
{
    private static readonly string[] BucketRead = ["s3:GetObject", "s3:GetObjectVersion"];
    private static readonly string[] BucketWrite = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:PutObject"];
    private static readonly string[] TableRead =
        ["dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:Query",
            "dynamodb:Scan"];
    private static readonly string[] TableWrite =
        ["dynamodb:BatchWriteItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"];
    private static readonly string[] QueueReceive =
        ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:ReceiveMessage"];
    private static readonly string[] QueueSend = ["sqs:GetQueueAttributes", "sqs:GetQueueUrl", "sqs:SendMessage"];

    /// <summary>Statements for the task role; none where the service uses nothing.</summary>
    /// <param name="context">The deployment.</param>
    /// <param name="service">The service.</param>
    /// <param name="grants">Resources that it can name.</param>
    /// <param name="traces">Whether its collector sends traces.</param>
    public static IReadOnlyList<Statement> Of(DeploymentContext context, ServiceConfig service, GrantableArns grants, bool traces = false)
    {
        List<Statement> statements = Data(context, service.Uses, grants);
        if (traces)
            statements.Add(new Statement
            {
                Sid = "Traces",
                // No resource-level permissions: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html
                Actions = ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
                Resources = ["*"],
            });
        if (service.Exec)
        {
            statements.Add(new Statement
            {
                Sid = "Exec",
                // Channels of ECS Exec; no resource-level permissions.
                // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#ecs-exec-required-iam-permissions
                Actions =
                [
                    "ssmmessages:CreateControlChannel",
                    "ssmmessages:CreateDataChannel",
                    "ssmmessages:OpenControlChannel",
                    "ssmmessages:OpenDataChannel",
                ],
                Resources = ["*"],
            });
            // The agent lists all log groups to find its own before it writes; the action does not support resource-level permissions.
            // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging
            // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
            statements.Add(new Statement { Sid = "ExecLogGroups", Actions = ["logs:DescribeLogGroups"], Resources = ["*"] });
            statements.Add(new Statement
            {
                Sid = "ExecLogs",
                Actions = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
                Resources = [context.Arn("logs", $"log-group:{context.Names.ExecLogGroup}:*")],
            });
        }
        statements.AddRange(KeyUse(context, service.Uses));
        // The agent in the task opens the session's channel itself, so the task role needs the key.
        if (service.Exec && context.KeyArn is { } key)
            statements.Add(new Statement { Sid = "ExecSession", Actions = ["kms:Decrypt"], Resources = [key] });
        return statements;
    }

    /// <summary>Statements for what an application uses, wherever it runs.</summary>
    public static IReadOnlyList<Statement> Of(DeploymentContext context, UsesConfig uses, GrantableArns grants) =>
        [.. Data(context, uses, grants), .. KeyUse(context, uses)];

    private static List<Statement> Data(DeploymentContext context, UsesConfig uses, GrantableArns grants)
    {
        var statements = new List<Statement>();
        foreach ((string bucket, bool read, bool write) in uses.Buckets.Select(Parse))
        {
            string arn = grants.Buckets[bucket];
            string sid = Sid("Bucket", bucket);
            statements.Add(new Statement { Sid = $"{sid}List", Actions = ["s3:GetBucketLocation", "s3:ListBucket"], Resources = [arn] });
            statements.Add(new Statement { Sid = sid, Actions = Actions(read, BucketRead, write, BucketWrite), Resources = [$"{arn}/*"] });
        }
        foreach ((string table, bool read, bool write) in uses.Tables.Select(Parse))
            statements.Add(new Statement
            {
                Sid = Sid("Table", table),
                Actions = Actions(read, TableRead, write, TableWrite),
                Resources = [grants.Tables[table], $"{grants.Tables[table]}/index/*"],
            });
        foreach (string queue in QueueUse.NamesOf(uses))
            statements.Add(new Statement
            {
                Sid = Sid("Queue", queue),
                Actions = Actions(QueueUse.Receives(uses, queue), QueueReceive, QueueUse.Sends(uses, queue), QueueSend),
                Resources = [grants.Queues[queue]],
            });
        if (uses.Secrets.Count > 0)
            statements.Add(new Statement
            {
                Sid = "Secrets",
                Actions = ["secretsmanager:GetSecretValue"],
                Resources = [.. uses.Secrets.Order(StringComparer.Ordinal).Select(secret => grants.Secrets[secret])],
            });
        if (uses.Discovery)
            statements.Add(new Statement
            {
                Sid = "Discovery",
                Actions = ["ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"],
                Resources =
                    [.. new[] { "", "/*" }.Select(
                        below => context.Arn("ssm", $"parameter{context.Names.Parameter(Names.DiscoveryRoot)}{below}"))],
            });
        statements.AddRange(ModelPermissions.Of(context, uses.Models));
        if (uses.Agents.Count > 0)
            statements.Add(new Statement
            {
                Sid = "Agents",
                Actions = ["bedrock-agentcore:InvokeAgentRuntime"],
                // AgentCore appends ten characters to the name; ARNs of endpoints start with the runtime's ARN.
                Resources =
                    [.. uses.Agents.Order(StringComparer.Ordinal)
                        .Select(agent => context.Arn("bedrock-agentcore", $"runtime/{context.Names.For(NameRule.AgentRuntime, agent)}-*"))],
            });
        return statements;
    }

    private static IEnumerable<Statement> KeyUse(DeploymentContext context, UsesConfig uses) =>
        // A receiver only decrypts, a sender does both.
        // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
        KeyPermissions.Read(context,
            [
                .. uses.Secrets.Count > 0 ? ["secretsmanager"] : Array.Empty<string>(),
                .. uses.Queues.Count > 0 && !Sends(uses) ? ["sqs"] : Array.Empty<string>(),
            ])
            .Concat(KeyPermissions.ReadAndWrite(context,
            [
                .. uses.Tables.Count > 0 ? ["dynamodb"] : Array.Empty<string>(),
                .. uses.Buckets.Count > 0 ? ["s3"] : Array.Empty<string>(),
                .. Sends(uses) ? ["sqs"] : Array.Empty<string>(),
            ]));

    private static bool Sends(UsesConfig uses) => QueueUse.NamesOf(uses).Any(queue => QueueUse.Sends(uses, queue));

    private static (string Name, bool Read, bool Write) Parse(string use)
    {
        string[] parts = use.Split(':');
        return parts switch
        {
            [var name, "read"] => (name, true, false),
            [var name, "write"] => (name, false, true),
            [var name, "readwrite"] => (name, true, true),
            _ => throw new ArgumentException($"'{use}' does not say what is done; write name:read, name:write or name:readwrite"),
        };
    }

    private static List<string> Actions(bool read, string[] readActions, bool write, string[] writeActions) =>
        [.. (read ? readActions : []).Union(write ? writeActions : []).Order(StringComparer.Ordinal)];

    // A Sid can contain only letters and digits.
    private static string Sid(string kind, string name) =>
        kind + string.Concat(
            name.Split('-', '.', '_').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
