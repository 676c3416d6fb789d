using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.Vpc;
using Infra.Constructs.Networking;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Networking;

[Property("Finding", "A16")]
internal sealed class ZoneChecksTests
{
    private static SynthesizedStack Synthesize(string region, bool agents) =>
        SynthesizedStack.Of(stack => _ = new Vpc(stack, "vpc", new VpcConfig
        {
            CidrBlock = "10.0.0.0/16",
            Lifecycle = new TerraformResourceLifecycle { Precondition = new ZoneChecks(stack, region, ["a", "b"]).Of(agents) },
        }));

    private static JArray Checks(string region, bool agents)
    {
        JToken written = Synthesize(region, agents).Single("aws_vpc")["lifecycle"]!["precondition"]!;
        return written as JArray ?? [written];
    }

    [Test]
    public void Zones_ThatTheAccountLacks_StopThePlan()
    {
        JToken check = Checks("us-west-1", agents: false).Single();
        JObject zones = Synthesize("us-west-1", agents: false).Data("aws_availability_zones", "zones");

        Assert.Multiple(() =>
        {
            Assert.That((string?)check["condition"],
                Is.EqualTo("${length(setsubtract([\"us-west-1a\", \"us-west-1b\"], data.aws_availability_zones.zones.names)) == 0}"));
            Assert.That((string?)check["error_message"],
                Does.StartWith("This account has no zone ${").And.Contain("it has ${").And.Contain("network.zones"));
            Assert.That((string?)zones["filter"]!.Single()["name"], Is.EqualTo("zone-type"));
            Assert.That(zones["state"], Is.Null, "a zone that fails for a day must not stop a deployment");
        });
    }

    [TestCase("us-east-1", true, 2), TestCase("us-east-1", false, 1), TestCase("eu-west-1", true, 1)]
    public void Agents_InAVpc_WantCertainZones(string region, bool agents, int expected) =>
        Assert.That(Checks(region, agents), Has.Count.EqualTo(expected));

    [Test]
    public void AgentsCheck_NamesTheZonesThatTheyTake() =>
        Assert.That((string?)Checks("us-east-1", agents: true)[1]!["error_message"],
            Does.Contain("use1-az1, use1-az2, use1-az4").And.StartWith("AgentCore does not support ${"));
}
