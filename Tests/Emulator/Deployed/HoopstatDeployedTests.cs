using Amazon.S3;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Requirements of system H, as applied.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class HoopstatDeployedTests
{
    private static AppliedStack Base => AppliedEnvironment.Hoopstat.Base;

    private static AppliedStack Runtime => AppliedEnvironment.Hoopstat.Runtime;

    [Test, Property("Row", "H3"), Property("Row", "H4")]
    public void GitHubRole_PushesToTheCreatedRepositories()
    {
        JObject policy = AppliedStack.Policy(Base.Resource("aws_iam_role_policy", "github-delivery_deliver")["policy"]);

        Assert.That(
            AppliedStack.Statement(policy, "Push")["Resource"]!.Values<string>(),
            Is.EquivalentTo(Base.Ids("aws_ecr_repository").Select(id => (string?)Base.Resource("aws_ecr_repository", id)["arn"])));
    }

    [TestCase("data-pipeline"), TestCase("stats-api"), TestCase("web-dashboard")]
    [Property("Row", "H5")]
    public void Service_IsInPrivateSubnets_WithTheSecurityGroupOfTasks(string app)
    {
        JToken network = Runtime.Resource("aws_ecs_service", app)["network_configuration"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That(network["subnets"]!.Values<string>(),
                Is.EquivalentTo(new[] { "a", "b" }.Select(zone => (string?)Base.Resource("aws_subnet", $"private-{zone}")["id"])));
            Assert.That(network["security_groups"]!.Values<string>(),
                Is.EqualTo(new[] { (string?)Base.Resource("aws_security_group", "ecs-sg")["id"] }));
        });
    }

    [Test, Property("Row", "H8")]
    public async Task Tree_IsReadWithOneRequest()
    {
        JObject answer = await AppliedEnvironment.Hoopstat.Aws.Api("ssm").JsonAsync(
            "GetParametersByPath", new JObject { ["Path"] = "/prod/hoopstat-haus/discovery", ["Recursive"] = true, ["MaxResults"] = 10 });
        Dictionary<string, string> tree = [];
        for (; ; answer = await AppliedEnvironment.Hoopstat.Aws.Api("ssm").JsonAsync("GetParametersByPath", new JObject
        {
            ["Path"] = "/prod/hoopstat-haus/discovery",
            ["Recursive"] = true,
            ["MaxResults"] = 10,
            ["NextToken"] = answer["NextToken"],
        }))
        {
            foreach (JToken parameter in answer["Parameters"]!)
                tree.Add(((string)parameter["Name"]!)["/prod/hoopstat-haus/discovery/".Length..], (string)parameter["Value"]!);
            if (string.IsNullOrEmpty((string?)answer["NextToken"])) break;
        }

        Assert.Multiple(() =>
        {
            Assert.That(tree["buckets/raw-data"], Is.EqualTo("hoopstat-haus-raw-data-prod"));
            Assert.That(tree["repositories/stats-api"],
                Is.EqualTo((string?)Base.Resource("aws_ecr_repository", "repository-stats-api")["repository_url"]));
            Assert.That(tree["topics/alerts"], Is.EqualTo((string?)Base.Single("aws_sns_topic")["arn"]));
            Assert.That(tree["cluster"], Is.EqualTo((string?)Runtime.Single("aws_ecs_cluster")["name"]));
            Assert.That(tree["services/stats-api/url"], Is.EqualTo("https://api.example.com"));
        });
    }

    [Test, Property("Row", "H8")]
    public async Task Task_WritesAndReadsTheBucketThatItsVariablesName()
    {
        JToken container = JArray.Parse((string)Runtime.Resource("aws_ecs_task_definition", "data-pipeline")["container_definitions"]!)
            .Single();
        string Variable(string name) => (string)container["environment"]!.Single(variable => (string?)variable["name"] == name)["value"]!;
        using AmazonS3Client s3 = AppliedEnvironment.Hoopstat.Aws.S3();

        await s3.PutObjectAsync(new() { BucketName = Variable("S3_BUCKET_RAW_DATA"), Key = "games/1.json", ContentBody = "{}" });
        using var read = await s3.GetObjectAsync(Variable("S3_BUCKET_NAME"), "games/1.json");

        Assert.Multiple(() =>
        {
            Assert.That(read.VersionId, Is.Not.Empty, "every write creates a version");
            Assert.That(Variable("AWS_REGION"), Is.EqualTo("us-east-1"));
            Assert.That(
                Variable("ECR_REPOSITORY"), Is.EqualTo((string?)Base.Resource("aws_ecr_repository", "repository-data-pipeline")["name"]));
        });
    }
}
