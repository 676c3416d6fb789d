using Infra.Insight;
using Infra.Insight.Graph;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>An environment with queues: a web service sends, a worker from the same image receives.</summary>
internal sealed class QueueTests
{
    private const string Environment = """
        {
          "name": "dev", "project": "acme", "account": "111111111111", "region": "us-east-2",
          "queues": { "orders": {}, "receipts": { "fifo": true }, "imports": {} },
          "services": {
            "web": { "port": 8000, "uses": { "queues": ["orders:send"] } },
            "worker": {
              "repository": "web", "command": ["worker"],
              "uses": { "queues": ["orders:receive", "receipts:send", "receipts:receive"] },
              "autoscaling": { "min": 1, "max": 10, "backlogPerTask": { "orders": 100 } }
            }
          }
        }
        """;

    private static readonly Lazy<SynthesizedDeployment> Deployment =
        new(() => SynthesizedDeployment.Of(WrittenEnvironment.Load("dev", Environment)));

    private static SynthesizedStack Base => Deployment.Value["base"];

    private static SynthesizedStack Runtime => Deployment.Value["runtime"];

    [Test]
    public void Services_GetTheUrlsOfTheirQueues()
    {
        string web = Definition("web");
        string worker = Definition("worker");

        Assert.Multiple(() =>
        {
            Assert.That(web, Does.Contain(Variable("SQS_QUEUE_URL_ORDERS", "acme-dev-orders")));
            Assert.That(web, Does.Not.Contain("RECEIPTS"));
            Assert.That(worker, Does.Contain(Variable("SQS_QUEUE_URL_RECEIPTS", "acme-dev-receipts.fifo")));
            Assert.That((string?)Base.Resource("aws_ssm_parameter", "discovery-queues_receipts")["insecure_value"],
                Is.EqualTo("https://sqs.us-east-2.amazonaws.com/111111111111/acme-dev-receipts.fifo"));
        });

        static string Definition(string service) =>
            (string)Runtime.Resource("aws_ecs_task_definition", service)["container_definitions"]!;
        static string Variable(string name, string queue) =>
            $$"""{"name":"{{name}}","value":"https://sqs.us-east-2.amazonaws.com/111111111111/{{queue}}"}""";
    }

    [Test]
    public void ServicesOfOneImage_HaveTheirOwnReleases_InOneRepository()
    {
        string image = (string)Runtime.Resource("aws_ecs_task_definition", "worker")["container_definitions"]!;

        Assert.Multiple(() =>
        {
            Assert.That(Base.Ids("aws_ecr_repository"), Is.EqualTo(new[] { "repository-web" }));
            Assert.That(Base.Ids("aws_ssm_parameter"), Does.Contain("release-web").And.Contain("release-worker"));
            Assert.That(image, Does.Contain("data.aws_ssm_parameter.release_worker").And.Contain(": [\"worker\"])"));
        });
    }

    [Test]
    public void Age_HasAnAlarmInRuntime_WhereAServiceReceives() => Assert.Multiple(() =>
    {
        Assert.That(
            Runtime.Ids("aws_cloudwatch_metric_alarm").Where(id => id.StartsWith("queue-", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "queue-orders_oldest-message", "queue-receipts_oldest-message" }));
        JObject alarm = Runtime.Resource("aws_cloudwatch_metric_alarm", "queue-receipts_oldest-message");
        Assert.That((string?)alarm["metric_name"], Is.EqualTo("ApproximateAgeOfOldestMessage"));
        Assert.That((string?)alarm["dimensions"]!["QueueName"], Is.EqualTo("acme-dev-receipts.fifo"));
        Assert.That((int?)alarm["threshold"], Is.EqualTo(900));
    });

    [Test]
    public void Picture_ConnectsServices_Queues_AndDeadLetters()
    {
        EnvironmentGraph graph = GraphBuilder.Build(
            "acme dev", "111111111111", "us-east-2", [new StackJson("base", Base.Json), new StackJson("runtime", Runtime.Json)]);

        Assert.That(graph.Edges, Is.SupersetOf(new[]
        {
            new GraphEdge("runtime_aws_ecs_service_web", "base_aws_sqs_queue_queue_orders", EdgeKind.Permission),
            new GraphEdge("runtime_aws_ecs_service_worker", "base_aws_sqs_queue_queue_orders", EdgeKind.Permission),
            new GraphEdge("base_aws_sqs_queue_queue_orders", "base_aws_sqs_queue_queue_orders_dlq", EdgeKind.Reference),
        }));
    }

    [Test]
    public void Dashboard_HasTheAlarmsOfQueues() => Assert.That(
        (string?)Runtime.Single("aws_cloudwatch_dashboard")["dashboard_body"],
        Does.Contain("acme-dev-queue-imports-dead-letters").And.Contain("acme-dev-queue-orders-oldest-message"));
}
