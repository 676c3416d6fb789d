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

    [TestCase("raw-data", "STANDARD_IA 30, GLACIER 180", null, 30)]
    [TestCase("processed-data", "STANDARD_IA 90", null, 30)]
    [TestCase("backup", "STANDARD_IA 30, GLACIER 90", 730, 365)]
    [Property("Row", "H2")]
    public void Bucket_IsVersionedEncryptedAndPrivate_WithItsLifecycle(string purpose, string moves, int? expires, int keepsVersions)
    {
        string id = $"bucket-{purpose}";
        JToken rule = Base.Resource("aws_s3_bucket_lifecycle_configuration", $"{id}_lifecycle")["rule"]!.Single();
        JObject closed = Base.Resource("aws_s3_bucket_public_access_block", $"{id}_public_access");
        JObject tls =
            AppliedStack.Statement(AppliedStack.Policy(Base.Resource("aws_s3_bucket_policy", $"{id}_policy")["policy"]), "TlsOnly");

        Assert.Multiple(() =>
        {
            Assert.That((string?)Base.Resource("aws_s3_bucket", id)["id"], Is.EqualTo($"hoopstat-haus-{purpose}-prod"));
            Assert.That((string?)Base.Resource("aws_s3_bucket_versioning", $"{id}_versioning")
                .SelectToken("versioning_configuration[0].status"), Is.EqualTo("Enabled"));
            Assert.That(
                (string?)Base.Resource("aws_s3_bucket_server_side_encryption_configuration", $"{id}_encryption")
                    .SelectToken("rule[0].apply_server_side_encryption_by_default[0].sse_algorithm"),
                Is.EqualTo("AES256"));
            foreach (string block in new[] { "block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets" })
                Assert.That((bool?)closed[block], Is.True, block);
            Assert.That((string?)tls["Effect"], Is.EqualTo("Deny"));
            Assert.That(rule["transition"]!.OrderBy(move => (int)move["days"]!).Select(move => $"{move["storage_class"]} {move["days"]}"),
                Is.EqualTo(moves.Split(", ")));
            Assert.That((int?)rule.SelectToken("expiration[0].days"), Is.EqualTo(expires ?? 0));
            Assert.That((int?)rule.SelectToken("noncurrent_version_expiration[0].noncurrent_days"), Is.EqualTo(keepsVersions));
            Assert.That((int?)rule.SelectToken("abort_incomplete_multipart_upload[0].days_after_initiation"), Is.EqualTo(7));
        });
    }

    [TestCase("data-pipeline"), TestCase("stats-api"), TestCase("web-dashboard")]
    [Property("Row", "H3")]
    public void App_HasItsRepository_WithImmutableTags(string app)
    {
        JObject repository = Base.Resource("aws_ecr_repository", $"repository-{app}");

        Assert.Multiple(() =>
        {
            Assert.That((string?)repository["name"], Is.EqualTo($"hoopstat-haus/{app}"));
            Assert.That((string?)repository["image_tag_mutability"], Is.EqualTo("IMMUTABLE"));
        });
    }

    [Test, Property("Row", "H4")]
    public void Roles_AccessTheirOwnBuckets_AndGitHubTheAppsRepositories()
    {
        static string[] Resources(string policy, string sid) =>
            AppliedStack.Statement(AppliedStack.Policy(Base.Resource("aws_iam_role_policy", policy)["policy"]), sid)["Resource"] switch
            {
                JArray many => [.. many.Values<string>().OfType<string>()],
                var one => [(string)one!],
            };

        Assert.Multiple(() =>
        {
            Assert.That(Resources("stats-api-task_uses", "BucketProcessedData"),
                Is.EqualTo(new[] { "arn:aws:s3:::hoopstat-haus-processed-data-prod/*" }));
            Assert.That(
                Resources("data-pipeline-task_uses", "BucketRawData"), Is.EqualTo(new[] { "arn:aws:s3:::hoopstat-haus-raw-data-prod/*" }));
            Assert.That(
                Resources("github-delivery_deliver", "Push"),
                Is.EquivalentTo(
                    new[] { "data-pipeline", "stats-api", "web-dashboard" }.Select(
                        app => $"arn:aws:ecr:us-east-1:111111111111:repository/hoopstat-haus/{app}")));
        });
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
            Assert.That((bool?)network["assign_public_ip"], Is.False);
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
