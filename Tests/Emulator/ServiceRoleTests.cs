using Amazon.Runtime;
using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// Roles that AWS services assume, on the local AWS, with everything encrypted with the environment's own key: each has the permissions
/// that its service needs, and no others.
/// </summary>
[TestFixture]
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[Property("Row", "S10")]
internal sealed class ServiceRoleTests
{
    private const string Account = "111111111111";
    private const string Region = "us-east-1";
    private const string CopyRegion = "us-west-2";
    private const string Group = "/vpc/acme-roles/flow-logs";

    private const string Environment = """
        {
          "name": "roles", "project": "acme", "account": "111111111111", "region": "us-east-1", "emulator": true, "disposable": true,
          "github": { "repository": "acme/roles" },
          "buckets": { "files": {}, "reports": {}, "inbox": {}, "other": {} },
          "tables": {
            "sessions": { "partitionKey": "id:S" }, "catalog": { "partitionKey": "id:S" }, "events": { "partitionKey": "id:S" },
            "other": { "partitionKey": "id:S" }
          },
          "queues": { "orders": {}, "mail": {}, "returns": { "fifo": true }, "outbox": {} },
          "secrets": { "partner-key": { "generate": true }, "other-key": { "generate": true } },
          "parameters": { "features": "search" },
          "secureParameters": { "partner/token": { "generate": true } },
          "agents": { "assistant": { "authorizer": "iam" } },
          "services": {
            "worker": {
              "secrets": { "PARTNER_KEY": "partner-key" },
              "parameters": { "FEATURES": "features", "PARTNER_TOKEN": "partner/token" },
              "jobs": { "clean-up": { "schedule": "rate(1 day)", "command": ["clean-up"] } },
              "uses": {
                "buckets": ["files:readwrite", "reports:read", "inbox:write"],
                "tables": ["sessions:readwrite", "catalog:read", "events:write"],
                "queues": ["orders:send", "mail:receive", "returns:send", "returns:receive"],
                "secrets": ["partner-key"],
                "models": ["anthropic.claude-3-haiku-20240307-v1:0"],
                "agents": ["assistant"],
                "discovery": true
              }
            }
          },
          "backup": { "copyRegion": "us-west-2" },
          "schedule": { "timezone": "Europe/Berlin", "mode": "scale" },
          "observability": { "traces": {} },
          "security": { "encryption": "customer" }
        }
        """;

    // A service that may assume a role, and the resource for which it acts.
    private static readonly Dictionary<string, (string Service, string Source)> Services = new(StringComparer.Ordinal)
    {
        ["worker-task"] = ("ecs-tasks.amazonaws.com", $"arn:aws:ecs:{Region}:{Account}:*"),
        ["worker-execution"] = ("ecs-tasks.amazonaws.com", $"arn:aws:ecs:{Region}:{Account}:*"),
        ["worker-jobs"] = ("scheduler.amazonaws.com", $"arn:aws:scheduler:{Region}:{Account}:schedule-group/acme-roles-jobs"),
        ["backup"] = ("backup.amazonaws.com", $"arn:aws:backup:{Region}:{Account}:backup-vault:acme-roles"),
        ["schedule"] = ("scheduler.amazonaws.com", $"arn:aws:scheduler:{Region}:{Account}:schedule-group/acme-roles"),
        ["flow-logs"] = ("vpc-flow-logs.amazonaws.com", $"arn:aws:ec2:{Region}:{Account}:vpc-flow-log/fl-0123456789abcdef0"),
    };

    private Sandbox _sandbox = null!;
    private WorkerTasks _tasks = null!;

    private AwsAccess Administrator => _sandbox.Access(Account, Region);

    private BackupJobs Backups => new(Administrator, "acme-roles", RoleArn("backup"));

    [OneTimeSetUp]
    public async Task Deploy()
    {
        _sandbox = new Sandbox();
        string environment = _sandbox.Environment("roles", Environment);
        _sandbox.Expect(0, "deploy", "base", "--env", environment, "--yes");
        using var seed = new TaskAccess(Administrator, new BasicAWSCredentials(Account, "emulator"));
        foreach (string bucket in new[] { "reports", "inbox", "other" })
            await seed.PutAsync(bucket);
        foreach (string table in new[] { "catalog", "other" })
            await seed.PutItemAsync(table);
        await seed.SendAsync("mail");
        JObject key = await Administrator.Api("kms").JsonAsync("DescribeKey", new JObject { ["KeyId"] = "alias/acme-roles" });
        // Created as Terraform would, which would wait for it for minutes.
        await Administrator.Api("rds").QueryAsync("CreateDBInstance", new Dictionary<string, string>
        {
            ["DBInstanceIdentifier"] = "acme-roles-orders",
            ["Engine"] = "postgres",
            ["DBInstanceClass"] = "db.t4g.micro",
            ["AllocatedStorage"] = "20",
            ["MasterUsername"] = "app",
            ["ManageMasterUserPassword"] = "true",
            ["StorageEncrypted"] = "true",
            ["KmsKeyId"] = (string)key["KeyMetadata"]!["Arn"]!,
        });
        _tasks = await WorkerTasks.CreateAsync(Administrator);
        await _tasks.DefineAsync(WorkerTasks.Job);
    }

    [OneTimeTearDown]
    public void StopSandbox() => _sandbox.Dispose();

    [TestCaseSource(typeof(TaskUse), nameof(TaskUse.All))]
    public async Task Task_HasThePermissionsOfItsUses_AndNoOthers(TaskUse use)
    {
        RoleSession session = Session("worker-task");
        using var task = new TaskAccess(Access(session), session.Credentials);

        await use.Permitted(task);
        foreach (Func<TaskAccess, Task> refused in use.Refused)
            await AssertRefusedAsync(refused(task));
    }

    [Test, Property("Row", "L-L3")]
    public async Task Task_MaySendTraces_ButNotReadThem()
    {
        var xray = new AwsApi(new AwsService("xray"), Region, Session("worker-task").Credentials, _sandbox.Emulator);
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        string segment = new JObject
        {
            ["name"] = "worker",
            ["id"] = "70de5b6f19ff9a0a",
            ["trace_id"] = $"1-{now:x8}-a006649127e371903a2de979",
            ["start_time"] = now,
            ["end_time"] = now,
        }.ToString();

        await xray.RestAsync(HttpMethod.Post, $"/TraceSegments", new JObject { ["TraceSegmentDocuments"] = new JArray(segment) });
        await xray.RestAsync(HttpMethod.Post, $"/TelemetryRecords", new JObject
        {
            ["TelemetryRecords"] = new JArray(new JObject { ["Timestamp"] = now, ["SegmentsReceivedCount"] = 1 }),
        });
        await AssertRefusedAsync(xray.RestAsync(
            HttpMethod.Post, $"/TraceSummaries", new JObject { ["StartTime"] = now - 60, ["EndTime"] = now }));
    }

    [Test, Property("Row", "D8")]
    public async Task Job_IsStartedWithItsRoles_AndNoOtherTaskIs()
    {
        AwsApi ecs = Access(Session("worker-jobs")).Api("ecs");
        await _tasks.DefineAsync("acme-roles-worker");

        JObject job = await _tasks.RunAsync(ecs, WorkerTasks.Job);
        Assert.That(WorkerTasks.EndOf(job), Is.EqualTo("EssentialContainerExited: Essential container in task exited"));
        await AssertRefusedAsync(_tasks.RunAsync(ecs, "acme-roles-worker"));
        await AssertRefusedAsync(_tasks.RunAsync(ecs, WorkerTasks.Job, cluster: "acme-prod"));
        await AssertRefusedAsync(_tasks.RunAsync(ecs, WorkerTasks.Job, taskRole: "backup"));
        await AssertRefusedAsync(ecs.JsonAsync("StopTask", new JObject { ["cluster"] = WorkerTasks.Cluster, ["task"] = job["taskArn"] }));
        await AssertRefusedAsync(ecs.JsonAsync("TagResource", new JObject
        {
            ["resourceArn"] = job["taskArn"],
            ["tags"] = new JArray(new JObject { ["key"] = "Job", ["value"] = "other" }),
        }));
    }

    [TestCase(
        "secrets[0].valueFrom", "arn:aws:secretsmanager:us-east-1:111111111111:secret:roles/acme/other-key",
        "secretsmanager:GetSecretValue")]
    [TestCase("secrets[1].valueFrom", "/prod/acme/features", "ssm:GetParameters")]
    [TestCase("image", "111111111111.dkr.ecr.us-east-1.amazonaws.com/acme/other:1", "ecr:BatchCheckLayerAvailability")]
    [TestCase("logConfiguration.options.awslogs-group", "/ecs/acme-prod-worker", "logs:CreateLogStream")]
    public async Task Task_WithResourcesThatTheServiceDoesNotName_DoesNotStart(string path, string value, string action)
    {
        string family = $"acme-roles-{action.Split(':')[1]}";
        await _tasks.DefineAsync(family, $"containerDefinitions[0].{path}", value);

        string end = WorkerTasks.EndOf(await _tasks.RunAsync(Administrator.Api("ecs"), family));
        Assert.That(end, Does.StartWith("TaskFailedToStart: ")
            .And.Contain("/acme-roles-worker-execution/").And.Contain($"not authorized to perform: {action} on "));
    }

    [TestCase("arn:aws:s3:::acme-files-roles-111111111111")]
    [TestCase("arn:aws:dynamodb:us-east-1:111111111111:table/acme-roles-sessions")]
    [TestCase("arn:aws:rds:us-east-1:111111111111:db:acme-roles-orders")]
    [Property("Row", "D11")]
    public async Task Backup_OfTheEnvironmentsData_IsCreatedAndCopied(string resource)
    {
        JObject backup = await Backups.BackUpAsync(resource);
        Assert.That(BackupJobs.StateOf(backup), Is.EqualTo("COMPLETED"));
        Assert.That(BackupJobs.StateOf(await Backups.CopyAsync(backup, CopyRegion)), Is.EqualTo("COMPLETED"));
    }

    [TestCase("arn:aws:s3:::acme-files-prod-111111111111", "s3:GetBucketAcl")]
    [TestCase("arn:aws:dynamodb:us-east-1:111111111111:table/acme-prod-sessions", "dynamodb:DescribeTable")]
    [TestCase("arn:aws:rds:us-east-1:111111111111:db:acme-prod-orders", "rds:DescribeDBInstances")]
    [Property("Row", "D11")]
    public async Task Backup_OfAnotherEnvironmentsData_Fails(string resource, string action) => Assert.That(
        BackupJobs.StateOf(await Backups.BackUpAsync(resource)),
        Is.EqualTo($"FAILED User: arn:aws:sts::{Account}:assumed-role/acme-roles-backup/AWSBackup-acme-roles-backup is not authorized to "
            + $"perform: {action} on resource: {resource} because no identity-based policy allows the {action} action"));

    [Test, Property("Row", "D10")]
    public async Task Schedule_StartsItsBuild_AndSendsFailuresToItsQueue()
    {
        RoleSession session = Session("schedule");
        AwsApi codebuild = Access(session).Api("codebuild");
        var service = new AwsService("sqs") { Target = "AmazonSQS", JsonVersion = "1.0" };
        var sqs = new AwsApi(service, Region, session.Credentials, _sandbox.Emulator);

        JObject started = await codebuild.JsonAsync("StartBuild", new JObject { ["projectName"] = "acme-roles-cycle" });
        Assert.That((string?)started["build"]!["projectName"], Is.EqualTo("acme-roles-cycle"));
        await AssertRefusedAsync(codebuild.JsonAsync("StartBuild", new JObject { ["projectName"] = "acme-prod-cycle" }));
        await AssertRefusedAsync(codebuild.JsonAsync("BatchGetProjects", new JObject { ["names"] = new JArray("acme-roles-cycle") }));
        await sqs.JsonAsync("SendMessage", new JObject(Queue("acme-roles-missed-turns")) { ["MessageBody"] = "{}" });
        await AssertRefusedAsync(sqs.JsonAsync("SendMessage", new JObject(Queue("acme-prod-missed-turns")) { ["MessageBody"] = "{}" }));
        await AssertRefusedAsync(sqs.JsonAsync("PurgeQueue", Queue("acme-roles-missed-turns")));

        JObject Queue(string name) => new() { ["QueueUrl"] = new Uri(_sandbox.Emulator, $"{Account}/{name}").ToString() };
    }

    [Test, Property("Row", "S12")]
    public async Task FlowLogs_AreWrittenToTheirGroup_AndToNoOther()
    {
        AwsApi logs = Access(Session("flow-logs")).Api("logs");

        await logs.JsonAsync("CreateLogStream", Stream(Group));
        await logs.JsonAsync("DescribeLogStreams", new JObject { ["logGroupName"] = Group });
        await logs.JsonAsync("PutLogEvents", Events(Group));
        await AssertRefusedAsync(logs.JsonAsync("CreateLogStream", Stream("/ecs/acme-roles-worker")));
        await AssertRefusedAsync(logs.JsonAsync("PutLogEvents", Events("/ecs/acme-roles-worker")));
        await AssertRefusedAsync(logs.JsonAsync("GetLogEvents", Stream(Group)));
        await AssertRefusedAsync(logs.JsonAsync("DeleteLogStream", Stream(Group)));

        static JObject Stream(string group) => new() { ["logGroupName"] = group, ["logStreamName"] = "eni-0-all" };

        static JObject Events(string group) => new(Stream(group))
        {
            ["logEvents"] = new JArray(
                new JObject { ["timestamp"] = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), ["message"] = "2 ACCEPT OK" }),
        };
    }

    [TestCase("worker-task"), TestCase("worker-execution"), TestCase("worker-jobs")]
    [TestCase("backup"), TestCase("schedule"), TestCase("flow-logs")]
    public void Role_CanBeAssumedOnlyByItsService(string role)
    {
        Assert.That(() => Session(role), Throws.Nothing);
        foreach ((string service, string source) in Services.Values.Except([Services[role]]))
        {
            Assert.That(
                () => RoleSession.OfService(_sandbox.Emulator, service, RoleArn(role), source),
                Throws.InstanceOf<UnauthorizedAccessException>(), service);
        }
    }

    private static string RoleArn(string role) => $"arn:aws:iam::{Account}:role/acme-roles-{role}";

    private static async Task AssertRefusedAsync(Task request)
    {
        string code = "none";
        try
        {
            await request;
        }
        catch (AmazonServiceException e)
        {
            code = e.ErrorCode;
        }
        catch (AwsApiException e)
        {
            code = e.Code;
        }

        Assert.That(code, Is.EqualTo("AccessDenied").Or.EqualTo("AccessDeniedException"));
    }

    private RoleSession Session(string role) =>
        RoleSession.OfService(_sandbox.Emulator, Services[role].Service, RoleArn(role), Services[role].Source);

    private AwsAccess Access(RoleSession session) => AwsAccess.ToEmulator(_sandbox.Emulator, Account, Region, session.Credentials);
}
