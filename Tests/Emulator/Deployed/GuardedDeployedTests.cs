using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>An environment with its own KMS key, a NAT instance, endpoints, queues and SecureStrings, as applied.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class GuardedDeployedTests
{
    private static AppliedStack Base => AppliedEnvironment.Guarded.Base;

    private static AppliedStack Runtime => AppliedEnvironment.Guarded.Runtime;

    private static string Key => (string)Base.Resource("aws_kms_key", "key")["arn"]!;

    [Test, Property("Row", "S11")]
    public void Key_IsTheOneThatRuntimeReads() => Assert.That((string?)Base.Output("key_arn"), Is.EqualTo(Key));

    [TestCase("aws_cloudwatch_log_group", "flow-logs", "$.kms_key_id")]
    [TestCase("aws_dynamodb_table", "table-sessions", "$.server_side_encryption[0].kms_key_arn")]
    [TestCase("aws_ecr_repository", "repository-worker", "$.encryption_configuration[0].kms_key")]
    [TestCase("aws_secretsmanager_secret", "secret-signing-key", "$.kms_key_id")]
    [TestCase("aws_sns_topic", "alerts", "$.kms_master_key_id")]
    [TestCase("aws_sqs_queue", "queue-orders", "$.kms_master_key_id")]
    [TestCase("aws_sqs_queue", "queue-receipts-dlq", "$.kms_master_key_id")]
    [TestCase("aws_ssm_parameter", "parameter-partner_token", "$.key_id")]
    [Property("Row", "S11"), Property("Row", "S12"), Property("Row", "S7"), Property("Row", "S4")]
    public void Everything_IsEncryptedWithTheKey(string type, string id, string attribute) =>
        Assert.That((string?)Base.Resource(type, id).SelectToken(attribute), Is.EqualTo(Key));

    [Test, Property("Row", "S11")]
    public void DiskOfTheNatInstance_IsEncryptedWithTheKey() =>
        Assert.That((string?)Runtime.Planned("aws_instance", "nat").SelectToken("$.root_block_device[0].kms_key_id"), Is.EqualTo(Key));

    [Test]
    public void Queues_HaveDeadLetterQueues_ThatOnlyTheyUse() => Assert.Multiple(() =>
    {
        foreach ((string queue, string ending) in new[] { ("orders", ""), ("receipts", ".fifo") })
        {
            var redrive = JObject.Parse((string)Base.Resource("aws_sqs_queue", $"queue-{queue}")["redrive_policy"]!);
            JObject deadLetters = Base.Resource("aws_sqs_queue", $"queue-{queue}-dlq");
            Assert.That((string?)redrive["deadLetterTargetArn"], Is.EqualTo((string?)deadLetters["arn"]));
            Assert.That((string?)deadLetters["name"], Is.EqualTo($"demo-guarded-{queue}-dlq{ending}"));
            Assert.That(JObject.Parse((string)deadLetters["redrive_allow_policy"]!)["sourceQueueArns"]!.Values<string>(),
                Is.EqualTo(new[] { (string?)Base.Resource("aws_sqs_queue", $"queue-{queue}")["arn"] }));
        }
    });

    [Test]
    public async Task Worker_ScalesByTheBacklogPerTask()
    {
        JObject answer = await AppliedEnvironment.Guarded.Aws.Api("application-autoscaling")
            .JsonAsync("DescribeScalingPolicies", new JObject { ["ServiceNamespace"] = "ecs" });
        JToken policy = answer["ScalingPolicies"]!.Single(each => (string?)each["PolicyName"] == "demo-guarded-worker-backlog-orders");
        JToken tracking = policy["TargetTrackingScalingPolicyConfiguration"]!;

        Assert.Multiple(() =>
        {
            Assert.That((double?)tracking["TargetValue"], Is.EqualTo(100));
            Assert.That(tracking.SelectTokens("CustomizedMetricSpecification.Metrics[?(@.ReturnData == true)].Expression").Values<string>(),
                Is.EqualTo(new[] { "messages / tasks" }));
        });
    }

    [Test, Property("Row", "D9")]
    public void SecureStrings_AreNotInTheState()
    {
        JObject token = Base.Resource("aws_ssm_parameter", "parameter-partner_token");
        Assert.Multiple(() =>
        {
            Assert.That((string?)token["value"], Is.Null.Or.Empty);
            Assert.That((string?)token["value_wo"], Is.Null);
            Assert.That((string?)token["insecure_value"], Is.Null.Or.Empty);
        });
    }

    [Test, Property("Row", "D9")]
    public async Task SecureStrings_HaveAValueInAws()
    {
        JObject answer = await AppliedEnvironment.Guarded.Aws.Api("ssm").JsonAsync("GetParameters", new JObject
        {
            ["Names"] = new JArray("/guarded/demo/partner/token", "/guarded/demo/partner/account"),
            ["WithDecryption"] = true,
        });
        Dictionary<string, string> values = answer["Parameters"]!.ToDictionary(p => (string)p["Name"]!, p => (string)p["Value"]!);
        Assert.Multiple(() =>
        {
            Assert.That(values["/guarded/demo/partner/token"], Does.Match(@"\A[A-Za-z0-9]{32}\z"));
            Assert.That(values["/guarded/demo/partner/account"], Is.EqualTo("placeholder-partner/account"),
                "set by the deployment, as the operator does on AWS");
        });
    }

    [Test, Property("Row", "H5"), Property("Row", "D2"), Property("Row", "T1")]
    public void NatInstance_IsTheEgressOfEveryZone()
    {
        JObject card = Runtime.Resource("aws_network_interface", "nat");
        Assert.Multiple(() =>
        {
            Assert.That((bool?)card["source_dest_check"], Is.False);
            foreach (string route in new[] { "out-a", "out-b" })
                Assert.That((string?)Runtime.Resource("aws_route", route)["network_interface_id"], Is.EqualTo((string?)card["id"]), route);
        });
    }

    [Test, Property("Row", "S1"), Property("Row", "H5")]
    public void Endpoints_AreOnlyForTheAccountsResources_AndTasks()
    {
        JObject endpoint = Runtime.Resource("aws_vpc_endpoint", "endpoint-ecr-api");
        JObject door = Base.Resource("aws_vpc_security_group_ingress_rule", "endpoints-tasks");
        Assert.Multiple(() =>
        {
            Assert.That((string?)endpoint["policy"], Does.Contain("\"aws:PrincipalAccount\":\"222222222222\""));
            Assert.That(endpoint["security_group_ids"]!.Values<string>(), Is.EqualTo(new[] { (string?)door["security_group_id"] }));
            Assert.That((string?)door["referenced_security_group_id"], Is.EqualTo((string?)Base.Output("ecs_security_group_id")));
        });
    }
}
