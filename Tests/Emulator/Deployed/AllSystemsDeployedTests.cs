using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Requirements for secure defaults, as applied, in every environment that has the resource.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class AllSystemsDeployedTests
{
    private static readonly AppliedEnvironment[] s_withServices =
        [AppliedEnvironment.Local, AppliedEnvironment.Tap, AppliedEnvironment.DurableCode, AppliedEnvironment.Hoopstat];

    [TestCaseSource(nameof(s_withServices)), Property("Row", "S1")]
    public void DefaultSecurityGroup_OfTheNetwork_HasNoRules(AppliedEnvironment environment)
    {
        JObject closed = environment.Base.Single("aws_default_security_group");

        Assert.Multiple(() =>
        {
            Assert.That((string?)closed["vpc_id"], Is.EqualTo((string?)environment.Base.Single("aws_vpc")["id"]));
            Assert.That(closed["ingress"], Is.Empty);
            Assert.That(closed["egress"], Is.Empty);
            Assert.That((string?)environment.Base.Single("aws_flow_log")["vpc_id"], Is.EqualTo((string?)closed["vpc_id"]));
        });
    }

    [TestCaseSource(nameof(s_withServices)), Property("Row", "S2")]
    public void LoadBalancer_WritesAccessLogsToItsBucket(AppliedEnvironment environment) =>
        Assert.That((string?)environment.Runtime.Resource("aws_lb", "alb").SelectToken("access_logs[0].bucket"),
            Is.EqualTo((string?)environment.Base.Resource("aws_s3_bucket", "alb-logs")["id"]));

    [TestCaseSource(nameof(s_withServices)), Property("Row", "S3")]
    public void Containers_RunImagesByDigest_AndGetSecretsByArn(AppliedEnvironment environment)
    {
        JToken[] containers =
        [
            .. environment.Runtime.Ids("aws_ecs_task_definition").SelectMany(task =>
                JArray.Parse((string)environment.Runtime.Resource("aws_ecs_task_definition", task)["container_definitions"]!)),
        ];
        Assert.That(containers, Is.Not.Empty);
        Assert.Multiple(() =>
        {
            foreach (JToken container in containers)
            {
                Assert.That((string?)container["image"], Does.Match("@sha256:[0-9a-f]{64}$|^public\\.ecr\\.aws/docker/library/"));
                Assert.That(container["secrets"]?.Select(secret => (string?)secret["valueFrom"]) ?? [], Is.All.StartsWith("arn:aws:"));
            }
        });
    }

    [TestCaseSource(nameof(s_withServices)), Property("Row", "D8"), Property("Row", "T9")]
    public void Alarms_NotifyTheTopic(AppliedEnvironment environment)
    {
        string topic = (string)environment.Base.Resource("aws_sns_topic", "alerts")["arn"]!;
        foreach (AppliedStack stack in new[] { environment.Base, environment.Runtime })
            Assert.That(
                stack.Ids("aws_cloudwatch_metric_alarm")
                    .Select(id => stack.Resource("aws_cloudwatch_metric_alarm", id)["alarm_actions"]!.Values<string>()),
                Is.All.EqualTo(new[] { topic }));
    }

    [TestCaseSource(typeof(AppliedEnvironment), nameof(AppliedEnvironment.All)), Property("Row", "S5"), Property("Row", "S15"),
     Property("Row", "H2"), Property("Row", "T5")]
    public void Buckets_AreOwnerEnforcedPrivateEncryptedTlsOnly_AndHaveALifecycle(AppliedEnvironment environment)
    {
        int seen = 0;
        Assert.Multiple(() =>
        {
            foreach (AppliedStack stack in new[] { environment.Bootstrap, environment.Base })
                foreach (string id in stack.Ids("aws_s3_bucket"))
                {
                    seen++;
                    JObject closed = stack.Resource("aws_s3_bucket_public_access_block", $"{id}_public_access");
                    foreach (string block
                        in new[] { "block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets" })
                        Assert.That((bool?)closed[block], Is.True, $"{id} {block}");
                    Assert.That((string?)stack.Resource("aws_s3_bucket_ownership_controls", $"{id}_ownership")
                        .SelectToken("rule[0].object_ownership"), Is.EqualTo("BucketOwnerEnforced"), id);
                    Assert.That(
                        (string?)stack.Resource("aws_s3_bucket_server_side_encryption_configuration", $"{id}_encryption")
                            .SelectToken("rule[0].apply_server_side_encryption_by_default[0].sse_algorithm"),
                        Is.AnyOf("AES256", "aws:kms"), id);
                    Assert.That(
                        (int?)stack.Resource("aws_s3_bucket_lifecycle_configuration", $"{id}_lifecycle")
                            .SelectToken("rule[0].abort_incomplete_multipart_upload[0].days_after_initiation"),
                        Is.EqualTo(7), id);
                    JObject tls = AppliedStack.Statement(
                        AppliedStack.Policy(stack.Resource("aws_s3_bucket_policy", $"{id}_policy")["policy"]), "TlsOnly");
                    Assert.That(((string?)tls["Effect"], (string?)tls.SelectToken("Condition.Bool.['aws:SecureTransport']")),
                        Is.EqualTo(("Deny", "false")), id);
                }
        });
        Assert.That(seen, Is.GreaterThan(1));
    }
}
