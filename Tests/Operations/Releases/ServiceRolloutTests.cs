using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Releases;
using Infra.Tests.Operations.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Operations.Releases;

[Property("Row", "D7"), Property("Row", "D11")]
internal sealed class ServiceRolloutTests
{
    private FakeAws _aws = null!;

    [SetUp]
    public void SetUp() => _aws = new FakeAws();

    [TearDown]
    public void TearDown() => _aws.Dispose();

    [Test]
    public async Task ReadAsync_Service_ReturnsTheImageOfThePrimaryDeployment()
    {
        Serve("repo@sha256:new", "IN_PROGRESS");
        RunningService running = (await Rollout().ReadAsync(default))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(running.Image, Is.EqualTo("repo@sha256:new"));
            Assert.That(running.Rollout, Is.EqualTo("IN_PROGRESS"));
            Assert.That(running.Runs("sha256:new"), Is.True);
            Assert.That(running.Runs("sha256:old"), Is.False);
            Assert.That(running.Runs(ReleaseParameter.NothingReleased), Is.False);
        }
    }

    [Test]
    public async Task ReadAsync_NoCluster_IsNothing()
    {
        _aws.Tell("DescribeServices", """{ "__type": "ClusterNotFoundException", "message": "Cluster not found." }""", 400);
        Assert.That(await Rollout().ReadAsync(default), Is.Null);
    }

    [Test]
    public async Task WaitAsync_Completed_Returns()
    {
        Serve("repo@sha256:new", "COMPLETED");
        await Rollout().WaitAsync(running => running.Runs("sha256:new"), TimeSpan.Zero, default);
    }

    [Test]
    public void WaitAsync_EcsRolledBack_FailsWithItsEvents()
    {
        Serve("repo@sha256:old", "COMPLETED");
        OperationException failure = Assert.ThrowsAsync<OperationException>(
            () => Rollout().WaitAsync(running => running.Runs("sha256:new"), TimeSpan.FromMinutes(1), default))!;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure.Message,
                Is.EqualTo("ECS rolled back the deployment of acme-web: it runs repo@sha256:old, task definition arn:web:2"));
            Assert.That(failure.Remedy, Is.EqualTo("ECS: tasks failed to start"));
        }
    }

    [Test]
    public void WaitAsync_Failed_SaysWhy()
    {
        Serve("repo@sha256:new", "FAILED");
        OperationException failure = Assert.ThrowsAsync<OperationException>(
            () => Rollout().WaitAsync(running => running.Runs("sha256:new"), TimeSpan.FromMinutes(1), default))!;
        Assert.That(failure.Message, Is.EqualTo("the deployment of acme-web failed: an alarm went off"));
    }

    [Test]
    public void WaitAsync_NeverStable_ReportsTheRunningTasks()
    {
        Serve("repo@sha256:new", "IN_PROGRESS");
        OperationException failure = Assert.ThrowsAsync<OperationException>(
            () => Rollout().WaitAsync(running => running.Runs("sha256:new"), TimeSpan.FromSeconds(-1), default))!;
        Assert.That(failure.Message, Does.Contain("1 of 2 tasks run"));
    }

    [Test, Property("Finding", "U28")]
    public void WaitAsync_EcsRolledBack_FailsWithoutEventsOfEarlierDeployments()
    {
        JObject Service(double began, string image) => new()
        {
            ["status"] = "ACTIVE",
            ["taskDefinition"] = "arn:web:2",
            ["desiredCount"] = 2,
            ["runningCount"] = 1,
            ["deployments"] = new JArray(new JObject
            {
                ["status"] = "PRIMARY",
                ["taskDefinition"] = $"arn:web:{image}",
                ["rolloutState"] = "IN_PROGRESS",
                ["createdAt"] = began,
            }),
            ["events"] = new JArray(
                new JObject { ["message"] = "rolling back", ["createdAt"] = 205.5 },
                new JObject { ["message"] = "no space left", ["createdAt"] = 201 },
                new JObject { ["message"] = "failed yesterday", ["createdAt"] = 100 }),
        };
        int reads = 0;
        _aws.Always("DescribeServices", _ => new FakeAws.Answer(
                new JObject { ["services"] = new JArray(reads++ == 0 ? Service(200, "2") : Service(205, "1")) }.ToString(), 200))
            .Always("DescribeTaskDefinition", request => new FakeAws.Answer(
                $$$"""
                    { "taskDefinition": { "containerDefinitions": [{ "name": "web", "image": "{{{request.Json["taskDefinition"]}}}" }] } }
                    """, 200));

        OperationException failure = Assert.ThrowsAsync<OperationException>(
            () => Rollout().WaitAsync(
                running => running.Image.EndsWith(":2", StringComparison.Ordinal), TimeSpan.FromMinutes(1), default))!;

        Assert.That(failure.Remedy, Is.EqualTo("ECS: rolling back\nECS: no space left"));
    }

    [Test, Property("Finding", "A4")]
    public void WaitAsync_Failed_TellsWhyItsTasksStopped()
    {
        Serve("repo@sha256:new", "FAILED");
        _aws.Tell("ListTasks", """{ "taskArns": ["arn:aws:ecs:us-east-2:111111111111:task/acme/0a1b"] }""")
            .Tell("DescribeTasks", """
                { "tasks": [{ "taskArn": "arn:aws:ecs:us-east-2:111111111111:task/acme/0a1b", "stoppedReason": "Essential container in task exited",
                  "containers": [{ "name": "web", "exitCode": 1 }, { "name": "sidecar", "lastStatus": "STOPPED" }] }] }
                """);
        OperationException failure =
            Assert.ThrowsAsync<OperationException>(() => Rollout().WaitAsync(_ => true, TimeSpan.FromMinutes(1), default))!;
        Assert.That(failure.Remedy, Does.EndWith("stopped task 0a1b: Essential container in task exited; web exit code 1"));
    }

    [Test, Property("Finding", "A4")]
    public void WaitForTasksAsync_TasksMissing_Fails()
    {
        Serve("repo@sha256:new", "COMPLETED");
        OperationException failure =
            Assert.ThrowsAsync<OperationException>(() => Rollout().WaitForTasksAsync(TimeSpan.FromSeconds(-1), default))!;
        Assert.That(failure.Message, Does.Contain("1 of 2 tasks run"));
    }

    private ServiceRollout Rollout() => new(_aws.Access(), "acme", "acme-web", "web");

    private void Serve(string image, string rollout) => _aws
        .Always("DescribeServices", new JObject
        {
            ["services"] = new JArray(new JObject
            {
                ["status"] = "ACTIVE",
                ["taskDefinition"] = "arn:web:1",
                ["desiredCount"] = 2,
                ["runningCount"] = 1,
                ["deployments"] = new JArray(
                    new JObject
                    {
                        ["status"] = "PRIMARY",
                        ["taskDefinition"] = "arn:web:2",
                        ["rolloutState"] = rollout,
                        ["rolloutStateReason"] = "an alarm went off",
                    },
                    new JObject { ["status"] = "ACTIVE", ["taskDefinition"] = "arn:web:1" }),
                ["events"] = new JArray(new JObject { ["message"] = "tasks failed to start" }),
            }),
        })
        .Always("DescribeTaskDefinition", request => new FakeAws.Answer(new JObject
        {
            ["taskDefinition"] = new JObject
            {
                ["containerDefinitions"] = new JArray(
                    new JObject { ["name"] = "sidecar", ["image"] = "other" },
                    new JObject { ["name"] = "web", ["image"] = (string?)request.Json["taskDefinition"] == "arn:web:2" ? image : "wrong" }),
            },
        }.ToString(), 200));
}
