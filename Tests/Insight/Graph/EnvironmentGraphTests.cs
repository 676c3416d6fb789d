using Infra.Insight;
using Infra.Insight.Graph;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Insight.Graph;

[Property("Row", "X6")]
internal sealed class EnvironmentGraphTests
{
    private static readonly StackJson s_base = new("base", JObject.Parse("""
        {
          "terraform": { "backend": { "s3": { "key": "acme/dev/base" } } },
          "output": { "public_subnet_ids": { "value": ["${aws_subnet.public-a.id}", "${aws_subnet.public-b.id}"] },
            "bucket": { "value": "${aws_s3_bucket.files.bucket}" }, "task_role": { "value": "${aws_iam_role.task.arn}" },
            "web_sg": { "value": "${aws_security_group.web.id}" } },
          "resource": {
            "aws_vpc": { "vpc": { "cidr_block": "10.0.0.0/16", "tags": { "Name": "acme" } } },
            "aws_subnet": {
              "public-a": { "availability_zone": "us-east-1a", "cidr_block": "10.0.1.0/24", "vpc_id": "${aws_vpc.vpc.id}" },
              "public-b": { "availability_zone": "us-east-1b", "cidr_block": "10.0.2.0/24", "vpc_id": "${aws_vpc.vpc.id}" } },
            "aws_s3_bucket": { "files": { "bucket": "acme-files" }, "unused": { "bucket": "acme-unused" } },
            "aws_iam_role": { "task": { "name": "acme-task" } },
            "aws_iam_role_policy": { "task": { "role": "${aws_iam_role.task.name}", "policy": "${aws_s3_bucket.files.arn}" } },
            "aws_security_group": { "web": { "name": "acme-web" }, "database": { "name": "acme-db" } },
            "aws_vpc_security_group_ingress_rule": { "database": { "security_group_id": "${aws_security_group.database.id}",
              "referenced_security_group_id": "${aws_security_group.web.id}" } },
            "aws_db_instance": { "db": { "identifier": "acme-db", "vpc_security_group_ids": ["${aws_security_group.database.id}"] } }
          }
        }
        """));

    private static readonly StackJson s_runtime = new("runtime", JObject.Parse("""
        {
          "data": { "terraform_remote_state": { "base": { "config": { "key": "acme/dev/base" } } } },
          "resource": {
            "aws_nat_gateway": { "nat": { "subnet_id": "${data.terraform_remote_state.base.outputs.public_subnet_ids[1]}" } },
            "aws_lb": { "alb": { "name": "acme" } },
            "aws_lb_listener": { "https": { "load_balancer_arn": "${aws_lb.alb.arn}" } },
            "aws_ecs_task_definition": { "web": { "task_role_arn": "${data.terraform_remote_state.base.outputs.task_role}" } },
            "aws_ecs_service": { "web": { "name": "web", "task_definition": "${aws_ecs_task_definition.web.arn}",
              "network_configuration": { "security_groups": ["${data.terraform_remote_state.base.outputs.web_sg}"] },
              "depends_on": ["aws_lb_listener.https"] } }
          }
        }
        """));

    private static readonly EnvironmentGraph s_graph = GraphBuilder.Build("acme dev", "111111111111", "us-east-1", [s_base, s_runtime]);

    private static IEnumerable<Example> Examples => Example.WithPipelines;

    [Test]
    public void Nodes_AreWhatAPersonWouldDraw() => Assert.That(
        s_graph.Nodes.Select(node => $"{node.Group}: {node.Detail} {node.Name}"),
        Is.EqualTo(new[]
        {
            "base_aws_vpc_vpc: RDS database acme-db",
            "data: S3 bucket acme-files",
            "unconnected: S3 bucket acme-unused",
            "base_aws_vpc_vpc: ECS service web",
            "base_aws_vpc_vpc: Load balancer acme",
            "base_aws_subnet_public_b: NAT gateway nat",
        }));

    [Test]
    public void Edges_LeadThroughWhatIsNotDrawn() => Assert.That(
        s_graph.Edges,
        Is.EqualTo(new[]
        {
            new GraphEdge("runtime_aws_ecs_service_web", "base_aws_db_instance_db", EdgeKind.Traffic),
            new GraphEdge("runtime_aws_ecs_service_web", "base_aws_s3_bucket_files", EdgeKind.Permission),
            new GraphEdge("runtime_aws_lb_alb", "runtime_aws_ecs_service_web", EdgeKind.Traffic),
        }));

    [Test]
    public void Resources_AreInTheVpcThatTheyName()
    {
        EnvironmentGraph graph = Of("""
            "aws_vpc": { "one": { "cidr_block": "10.0.0.0/16" }, "two": { "cidr_block": "10.1.0.0/16" } },
            "aws_subnet": {
              "two-a": { "availability_zone": "us-east-1a", "vpc_id": "${aws_vpc.two.id}" },
              "two-b": { "availability_zone": "us-east-1b", "vpc_id": "${aws_vpc.two.id}" } },
            "aws_db_subnet_group": { "two": { "subnet_ids": ["${aws_subnet.two-a.id}", "${aws_subnet.two-b.id}"] } },
            "aws_security_group": { "two": { "vpc_id": "${aws_vpc.two.id}" } },
            "aws_db_instance": { "db": { "db_subnet_group_name": "${aws_db_subnet_group.two.name}" } },
            "aws_instance": { "host": { "vpc_security_group_ids": ["${aws_security_group.two.id}"] } },
            "aws_lb": { "alb": { "subnets": ["${aws_subnet.two-a.id}", "${aws_subnet.two-b.id}"] },
              "unknown": { "subnets": ["subnet-1"] } },
            "aws_vpc_endpoint": { "s3": { "vpc_id": "${aws_vpc.one.id}" } }
            """);
        Assert.That(
            graph.Nodes.ToDictionary(node => node.Name, node => node.Group),
            Is.EqualTo(new Dictionary<string, string>
            {
                ["db"] = "base_aws_vpc_two",
                ["host"] = "base_aws_vpc_two",
                ["alb"] = "base_aws_vpc_two",
                ["unknown"] = "region",
                ["s3"] = "base_aws_vpc_one",
            }));
    }

    [Test]
    public void ScheduledTasks_AreDrawn_WithThePermissionsOfTheirTask()
    {
        EnvironmentGraph graph = Of("""
            "aws_s3_bucket": { "files": { "bucket": "acme-files" } },
            "aws_iam_role": { "job": { "name": "acme-job" } },
            "aws_iam_role_policy": { "job": { "role": "${aws_iam_role.job.name}", "policy": "${aws_s3_bucket.files.arn}" } },
            "aws_ecs_task_definition": { "job": { "task_role_arn": "${aws_iam_role.job.arn}" } },
            "aws_scheduler_schedule": { "job": { "name": "clean-up", "target": { "ecs_parameters": {
              "task_definition_arn": "${aws_ecs_task_definition.job.arn}" } } },
              "other": { "name": "wake", "target": { "arn": "arn:aws:scheduler:::aws-sdk:codebuild:startBuild" } } }
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                graph.Nodes.Where(node => node.Address.Address.StartsWith("aws_scheduler", StringComparison.Ordinal))
                    .Select(node => $"{node.Name}: {node.Detail}"),
                Is.EqualTo(new[] { "clean-up: ECS scheduled task", "wake: EventBridge schedule" }));
            Assert.That(
                graph.Edges,
                Is.EqualTo(new[]
                {
                    new GraphEdge("base_aws_scheduler_schedule_job", "base_aws_s3_bucket_files", EdgeKind.Permission),
                }));
        }
    }

    [Test]
    public void LoadBalancer_IsConnectedToTheBucketOfItsAccessLogs_WhoseNameIsText()
    {
        EnvironmentGraph graph = ExampleGraphs.Of(Example.Tap);
        Assert.That(
            graph.Edges, Has.One.EqualTo(new GraphEdge("runtime_aws_lb_alb", "base_aws_s3_bucket_alb_logs", EdgeKind.Reference)));
    }

    private static EnvironmentGraph Of(string resources) => GraphBuilder.Build(
        "acme dev", "111111111111", "us-east-1", [new StackJson("base", JObject.Parse($$"""{ "resource": { {{resources}} } }"""))]);

    [TestCaseSource(nameof(Examples))]
    public void Graph_OfEveryExample_HasEachServiceBucketAndDatabaseOnce_AndNoDanglingEdge(Example example)
    {
        IReadOnlyList<StackJson> stacks = StackJson.ReadAll(example.Deployment.OutDir);
        EnvironmentGraph graph = ExampleGraphs.Of(example);
        string[] ids = [.. graph.Nodes.Select(node => node.Id).Concat(graph.Groups.Select(group => group.Id))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(ids, Is.Unique);
            Assert.That(graph.Nodes.Select(node => node.Address), Is.SupersetOf(
                from stack in stacks
                from resource in stack.Resources
                where resource.Type is "aws_ecs_service" or "aws_s3_bucket" or "aws_db_instance" or "aws_rds_cluster"
                    or "aws_dynamodb_table"
                select new MappedAddress(stack.Name, resource.Address)));
            Assert.That(graph.Nodes.Select(node => node.Address), Is.Unique);
            Assert.That(graph.Edges.SelectMany(edge => new[] { edge.From, edge.To }).Except(graph.Nodes.Select(node => node.Id)), Is.Empty);
            Assert.That(graph.Nodes.Select(node => node.Group).Except(graph.Groups.Select(group => group.Id)), Is.Empty);
        }
    }
}
