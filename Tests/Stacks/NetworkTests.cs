using Infra.Configuration.Model;
using Infra.Tests.Support;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Stacks;

/// <summary>Egress of private subnets, and properties of every network and log.</summary>
internal sealed class NetworkTests
{
    private static string[] Egress(SynthesizedStack stack) =>
    [
        .. stack.Ids("aws_vpc_security_group_egress_rule").Select(id => stack.Resource("aws_vpc_security_group_egress_rule", id))
            .Select(rule =>
                $"{rule["security_group_id"]} {rule["from_port"]} "
                    + $"{rule["cidr_ipv4"] ?? rule["prefix_list_id"] ?? rule["referenced_security_group_id"]}"),
    ];

    [Test, Property("Row", "S1"), Property("Row", "D2"), Property("Row", "H5")]
    public void WithoutNat_TasksReachOnlyEndpoints()
    {
        SynthesizedDeployment deployment = Variants.WithoutNat.Value;

        Assert.Multiple(() =>
        {
            Assert.That(Egress(deployment.Base).Where(rule => rule.StartsWith("${aws_security_group.ecs-sg", StringComparison.Ordinal)),
                Is.EquivalentTo(new[]
            {
                "${aws_security_group.ecs-sg.id} 443 ${aws_security_group.endpoints-sg.id}",
                "${aws_security_group.ecs-sg.id} 443 ${aws_vpc_endpoint.dynamodb.prefix_list_id}",
                "${aws_security_group.ecs-sg.id} 443 ${aws_vpc_endpoint.s3.prefix_list_id}",
                "${aws_security_group.ecs-sg.id} 5432 ${aws_security_group.rds-reporting-sg.id}",
                "${aws_security_group.ecs-sg.id} 5432 ${aws_security_group.rds-sg.id}",
            }));
            Assert.That(deployment.Runtime.Ids("aws_vpc_endpoint"),
                Is.EqualTo(new[] { "endpoint-ecr-api", "endpoint-ecr-dkr", "endpoint-logs", "endpoint-secretsmanager" }));
            Assert.That(
                deployment.Runtime.Addresses()
                    .Where(address => address.Contains("nat", StringComparison.Ordinal)
                        || address.StartsWith("aws_route.", StringComparison.Ordinal)), Is.Empty);
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "S1")]
    public void Groups_AllowOnlyTlsToTheInternet(Example example, string stack) =>
        Assert.That(
            Egress(example.Deployment[stack]).Where(rule => rule.EndsWith(" 0.0.0.0/0", StringComparison.Ordinal))
                .Select(rule => rule.Split(' ')[1]),
            Is.All.EqualTo("443"));

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S1")]
    public void EveryNetwork_HasFlowLogs_AndAClosedDefaultGroup(Example example)
    {
        string[] networks = [.. example.Base.Ids("aws_vpc")];
        if (networks.Length == 0)
            Assert.That(example.Config.Network.Vpc, Is.EqualTo(VpcSource.None));

        Assert.Multiple(() =>
        {
            foreach (string id in networks)
            {
                JObject closed = example.Base.Single("aws_default_security_group");
                Assert.That((string?)closed["vpc_id"], Is.EqualTo($"${{aws_vpc.{id}.id}}"));
                Assert.That(closed["ingress"] ?? closed["egress"], Is.Null);
                Assert.That((string?)example.Base.Single("aws_flow_log")["vpc_id"], Is.EqualTo($"${{aws_vpc.{id}.id}}"));
            }
            Assert.That(example.Base.Ids("aws_subnet")
                .Select(id => (bool?)example.Base.Resource("aws_subnet", id)["map_public_ip_on_launch"]), Is.All.False);
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "S1")]
    public void NoTaskAndNoDatabase_HasAPublicAddress(Example example, string stack)
    {
        SynthesizedStack made = example.Deployment[stack];

        Assert.Multiple(() =>
        {
            Assert.That(made.Ids("aws_ecs_service")
                .Select(id => (bool?)made.Resource("aws_ecs_service", id)["network_configuration"]!["assign_public_ip"]), Is.All.False);
            Assert.That(
                made.Ids("aws_db_instance").Select(id => (bool?)made.Resource("aws_db_instance", id)["publicly_accessible"]), Is.All.False);
        });
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "S12"), Property("Row", "L11")]
    public void EveryLogGroup_HasARetention(Example example, string stack)
    {
        SynthesizedStack made = example.Deployment[stack];

        Assert.That(
            made.Ids("aws_cloudwatch_log_group")
                .Where(id => (int?)made.Resource("aws_cloudwatch_log_group", id)["retention_in_days"] is null or 0),
            Is.Empty);
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "S12")]
    public void EveryTopicAndQueue_IsEncrypted_AndEveryTopicSaysWhoMayWriteToIt(Example example, string stack)
    {
        SynthesizedStack made = example.Deployment[stack];

        Assert.Multiple(() =>
        {
            foreach (string id in made.Ids("aws_sns_topic"))
            {
                Assert.That((string?)made.Resource("aws_sns_topic", id)["kms_master_key_id"], Does.Match("kms_key|key_arn"), id);
                Assert.That(
                    PoliciesOf("aws_sns_topic_policy", "arn", $"${{aws_sns_topic.{id}.arn}}"), Is.EqualTo(1), $"policy of topic {id}");
            }
            foreach (string id in made.Ids("aws_sqs_queue"))
            {
                JObject queue = made.Resource("aws_sqs_queue", id);
                // Without a policy only roles of the account can use a queue; all of the account could use a topic.
                Assert.That(queue["kms_master_key_id"] is not null || (bool?)queue["sqs_managed_sse_enabled"] == true, Is.True, id);
            }
        });

        int PoliciesOf(string type, string attribute, string target) =>
            made.Ids(type).Count(policy => (string?)made.Resource(type, policy)[attribute] == target);
    }

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "S12"), Property("Row", "S10")]
    public void TopicsAndQueues_AreWrittenOnlyByServicesOfTheAccount(Example example) =>
        Assert.That(
            PolicyStatement.Of(example.Base)
                .Where(statement => statement.Type is "aws_sns_topic_policy" or "aws_sqs_queue_policy" && statement.Allows
                && (statement.Services.Count == 0 || !statement.ConditionKeys.Contains("aws:sourceaccount"))
                && !statement.IsOfEventBridgeToATopic),
            Is.Empty);
}
