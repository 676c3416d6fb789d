using Infra.Insight;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Insight;

internal sealed class ResourceMapTests
{
    private static readonly ResourceMap s_tap = ResourceMap.Of(StackJson.ReadAll(Example.Tap.Deployment.OutDir));

    private static MappedResource Of(string stack, string address) =>
        s_tap.Resources.Single(resource => resource.Address == new MappedAddress(stack, address));

    private static string[] DependsOn(string stack, string address) =>
        [.. Of(stack, address).DependsOn.Select(target => target.ToString())];

    [Test, Property("Row", "P10")]
    public void Map_HasEveryResourceOfEveryStack() => Assert.That(
        s_tap.Resources.Select(resource => resource.Address.ToString()),
        Is.EquivalentTo(
            SynthesizedDeployment.StackIds.SelectMany(
                stack => Example.Tap.Deployment[stack].Addresses().Select(address => $"{stack}: {address}"))));

    [Test, Property("Row", "P10")]
    public void Service_DependsOnBasesResources_ThroughItsOutputs() =>
        Assert.That(DependsOn("runtime", "aws_ecs_service.backend"), Is.EqualTo(new[]
    {
        "base: aws_security_group.ecs-sg",
        "base: aws_subnet.private-a",
        "base: aws_subnet.private-b",
        "runtime: aws_cloudwatch_metric_alarm.backend_5xx",
        "runtime: aws_cloudwatch_metric_alarm.backend_response-time",
        "runtime: aws_ecs_cluster.cluster",
        "runtime: aws_ecs_cluster_capacity_providers.cluster",
        "runtime: aws_ecs_task_definition.backend",
        "runtime: aws_lb_listener_rule.backend",
        "runtime: aws_lb_target_group.backend",
        "runtime: aws_route.out-a",
        "runtime: aws_route.out-b",
    }));

    [Test, Property("Row", "P10")]
    public void Task_DependsOnTheParameterThatItsDataSourceReads() =>
        Assert.That(DependsOn("runtime", "aws_ecs_task_definition.backend"), Does.Contain("base: aws_ssm_parameter.release-backend"));

    [Test, Property("Row", "P10")]
    public void Role_DependsOnTheBucketWhoseArnIsInItsPolicy() =>
        Assert.That(DependsOn("base", "aws_iam_role_policy.backend-task_uses"), Does.Contain("base: aws_s3_bucket.bucket-files"));

    [TestCase("base", "aws_s3_bucket.bucket-files", "tap-files-111111111111", "bucket-files/bucket-files")]
    [TestCase("base", "aws_vpc.vpc", "tap", "network")]
    [TestCase("base", "aws_s3_bucket_policy.bucket-files_policy", null, "bucket-files/bucket-files")]
    [TestCase("runtime", "aws_ecs_task_definition.backend", "tap-backend", "service-backend/task")]
    [Property("Row", "P10")]
    public void Resource_HasItsNameInAws_AndItsConstruct(string stack, string address, string? name, string construct) =>
        Assert.Multiple(() =>
    {
        Assert.That(Of(stack, address).Name, Is.EqualTo(name));
        Assert.That(Of(stack, address).Construct, Is.EqualTo(construct));
    });

    [TestCaseSource(typeof(Example), nameof(Example.All)), Property("Row", "P10")]
    public void Map_OfEveryExample_IsTheSameInMarkdownAndJson(Example example)
    {
        IReadOnlyList<StackJson> stacks = StackJson.ReadAll(example.Deployment.OutDir);
        var map = ResourceMap.Of(stacks);
        var discovery = DiscoveryTable.Of(stacks);
        JObject json = JObject.Parse(MapWriter.Json(example.Name, map, discovery, []));
        string markdown = MapWriter.Markdown(example.Name, map, discovery, []);

        Assert.Multiple(() =>
        {
            Assert.That(json["resources"]!.Select(resource => (string?)resource["address"]),
                Is.EqualTo(map.Resources.Select(resource => resource.Address.Address)));
            foreach (MappedResource resource in map.Resources)
                Assert.That(markdown, Does.Contain($"| `{resource.Address.Address}` | {resource.Construct ?? "—"} |"));
            Assert.That(map.Resources.SelectMany(resource => resource.DependsOn).Except(map.Resources.Select(resource => resource.Address))
                .Select(target => target.Address),
                Is.All.StartsWith("data."), "what is no resource of the deployment is read by a data source");
        });
    }

    [Test, Property("Row", "D-L4")]
    public void Contacts_AreListedFirst()
    {
        MapContact[] contacts = [new("on call", "Platform team", ["platform@example.com", "https://chat.example.com/platform"])];
        IReadOnlyList<StackJson> stacks = StackJson.ReadAll(Example.Tap.Deployment.OutDir);
        var map = ResourceMap.Of(stacks);
        var discovery = DiscoveryTable.Of(stacks);

        Assert.Multiple(() =>
        {
            Assert.That(MapWriter.Markdown("tap poc", map, discovery, contacts), Does.StartWith(
                "# Resources of tap poc\n\n## Contacts\n\n| role | name | contact |\n|---|---|---|\n"
                    + "| on call | Platform team | platform@example.com<br>https://chat.example.com/platform |\n"));
            JToken listed = JObject.Parse(MapWriter.Json("tap poc", map, discovery, contacts))["contacts"]!.Single();
            Assert.That(listed["contact"]!.Values<string>(),
                Is.EqualTo(new[] { "platform@example.com", "https://chat.example.com/platform" }));
            Assert.That(MapWriter.Markdown("tap poc", map, discovery, []), Does.Not.Contain("## Contacts"));
        });
    }
}
