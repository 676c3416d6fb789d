using Infra.Operations.Tasks;
using Infra.Tests.Operations.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Tasks;

[Property("Row", "T11")]
internal sealed class OneOffTaskTests
{
    private const string Definition = "arn:aws:ecs:us-east-2:111111111111:task-definition/acme-migration:3";

    private const string Task = "arn:aws:ecs:us-east-2:111111111111:task/acme/0123";

    private FakeAws _aws = null!;

    [SetUp]
    public void SetUp() => _aws = new FakeAws()
        .Always("ListTasks", new JObject { ["taskArns"] = new JArray() })
        .Always("DescribeTaskDefinition", new JObject
        {
            ["tags"] = new JArray(new JObject { ["key"] = "Project", ["value"] = "acme" }),
            ["taskDefinition"] = new JObject
            {
                ["taskDefinitionArn"] = Definition,
                ["family"] = "acme-migration",
                ["revision"] = 3,
                ["cpu"] = "256",
                ["containerDefinitions"] = new JArray(Defined("migration"), Defined("database-user")),
            },
        });

    [TearDown]
    public void TearDown() => _aws.Dispose();

    [Test]
    public async Task RegisterAsync_CopiesTheDefinitionWithTheNewImage()
    {
        _aws.Tell("RegisterTaskDefinition", new JObject { ["taskDefinition"] = new JObject { ["taskDefinitionArn"] = "arn:new" } });
        string revision = await OneOff().RegisterAsync("acme-migration", "migration", "repo@sha256:1", default);

        JObject sent = _aws.Sent("RegisterTaskDefinition").Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(revision, Is.EqualTo("arn:new"));
            Assert.That((string?)sent.SelectToken("containerDefinitions[0].image"), Is.EqualTo("repo@sha256:1"));
            Assert.That(sent.Properties().Select(property => property.Name),
                Is.EquivalentTo(new[] { "family", "cpu", "containerDefinitions", "tags" }), "what ECS takes, and no more");
        }
    }

    [Test]
    public async Task RunAsync_ToItsEnd_GivesTheExitCode()
    {
        _aws.Tell("RunTask", new JObject { ["tasks"] = new JArray(new JObject { ["taskArn"] = Task }) }).Tell("DescribeTasks", Stopped(0));
        TaskResult end = await OneOff()
            .RunAsync(Definition, "migration", ["migrate", "up"], "migration-1", TimeSpan.FromMinutes(1), default);

        JObject sent = _aws.Sent("RunTask").Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(end.Succeeded, Is.True);
            Assert.That(sent.SelectToken("networkConfiguration.awsvpcConfiguration")!.ToString(Newtonsoft.Json.Formatting.None),
                Is.EqualTo("""{"subnets":["subnet-1"],"securityGroups":["sg-1"],"assignPublicIp":"DISABLED"}"""));
            Assert.That(
                sent.SelectToken("overrides.containerOverrides[0].command")!.Values<string>(), Is.EqualTo(new[] { "migrate", "up" }));
            Assert.That((string?)sent["startedBy"], Is.EqualTo("migration-1"));
        }
    }

    [Test]
    public async Task RunAsync_Failed_GivesTheEndOfItsLog()
    {
        _aws.Tell("RunTask", new JObject { ["tasks"] = new JArray(new JObject { ["taskArn"] = Task }) }).Tell("DescribeTasks", Stopped(3))
            .Tell("GetLogEvents", new JObject { ["events"] = new JArray(new JObject { ["message"] = "no such column" }) });
        TaskResult end = await OneOff().RunAsync(Definition, "migration", null, "migration-1", TimeSpan.FromMinutes(1), default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(end.Succeeded, Is.False);
            Assert.That(end.Describe(), Is.EqualTo("exit code 3; Essential container in task exited"));
            Assert.That(end.Log, Is.EqualTo(new[] { "no such column" }));
            Assert.That((string?)_aws.Sent("GetLogEvents").Single()["logStreamName"], Is.EqualTo("migration/migration/0123"));
        }
    }

    [Test, Property("Row", "T-L3")]
    public async Task RunAsync_WhoseDependencyFailed_GivesTheLogOfThatContainer()
    {
        JObject stopped = Stopped(0);
        stopped["tasks"]![0]!["containers"] = new JArray(
            new JObject { ["name"] = "migration" }, new JObject { ["name"] = "database-user", ["exitCode"] = 2 });
        _aws.Tell("RunTask", new JObject { ["tasks"] = new JArray(new JObject { ["taskArn"] = Task }) }).Tell("DescribeTasks", stopped)
            .Tell("GetLogEvents", new JObject { ["events"] = new JArray(new JObject { ["message"] = "certificate verify failed" }) });
        TaskResult end = await OneOff().RunAsync(Definition, "migration", null, "migration-1", TimeSpan.FromMinutes(1), default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(end.Succeeded, Is.False);
            Assert.That(end.Describe(), Is.EqualTo(
                "it did not run to completion; exit code 2 of its container database-user; Essential container in task exited"));
            Assert.That(end.Log, Is.EqualTo(new[] { "certificate verify failed" }));
            Assert.That((string?)_aws.Sent("GetLogEvents").Single()["logStreamName"], Is.EqualTo("database-user/database-user/0123"));
        }
    }

    [Test]
    public async Task RunAsync_StartedByAnInterruptedRun_IsWaitedForAndNotStartedAgain()
    {
        _aws.Tell("ListTasks", new JObject { ["taskArns"] = new JArray(Task) }).Tell("DescribeTasks", Stopped(0));
        TaskResult end = await OneOff().RunAsync(Definition, "migration", null, "migration-1", TimeSpan.FromMinutes(1), default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(end.Succeeded, Is.True);
            Assert.That(_aws.Sent("RunTask"), Is.Empty);
        }
    }

    [Test]
    public async Task RunAsync_TakesTooLong_IsStopped()
    {
        _aws.Tell("RunTask", new JObject { ["tasks"] = new JArray(new JObject { ["taskArn"] = Task }) })
            .Always("DescribeTasks",
                new JObject
                {
                    ["tasks"] =
                    new JArray(new JObject { ["taskArn"] = Task, ["lastStatus"] = "RUNNING", ["taskDefinitionArn"] = Definition })
                })
            .Tell("StopTask", new JObject()).Tell("GetLogEvents", new JObject());
        TaskResult end = await OneOff().RunAsync(Definition, "migration", null, "migration-1", TimeSpan.Zero, default);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(end.Succeeded, Is.False);
            Assert.That((string?)_aws.Sent("StopTask").Single()["task"], Is.EqualTo(Task));
        }
    }

    private static JObject Defined(string container) => new()
    {
        ["name"] = container,
        ["image"] = "old",
        ["logConfiguration"] = new JObject
        {
            ["options"] = new JObject { ["awslogs-group"] = "/ecs/acme", ["awslogs-stream-prefix"] = container },
        },
    };

    private OneOffTask OneOff() => new(_aws.Access(), new TaskNetwork("acme", ["subnet-1"], "sg-1"));

    private static JObject Stopped(int exitCode) => new()
    {
        ["tasks"] = new JArray(new JObject
        {
            ["taskArn"] = Task,
            ["taskDefinitionArn"] = Definition,
            ["lastStatus"] = "STOPPED",
            ["stoppedReason"] = "Essential container in task exited",
            ["containers"] = new JArray(new JObject { ["name"] = "migration", ["exitCode"] = exitCode }),
        }),
    };
}
