using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Networking;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Networking;

internal sealed class NetworkTests
{
    private static readonly NetworkConfig Config = new()
    {
        Cidr = "10.0.0.0/16",
        Zones = ["a", "b"],
        PublicSubnets = ["10.0.1.0/24", "10.0.2.0/24"],
        PrivateSubnets = ["10.0.10.0/24", "10.0.11.0/24"],
    };

    private static readonly Lazy<SynthesizedStack> Stack = new(() => Synthesize(SynthesizedStack.Context()));

    private static SynthesizedStack Synthesize(DeploymentContext context) =>
        SynthesizedStack.Of(stack => _ = new Network(stack, "network", new NetworkProps(context, Config)));

    [Test, Property("Row", "T1"), Property("Row", "D2")]
    public void Vpc_HasItsAddressesAndHostNames()
    {
        JObject vpc = Stack.Value.Resource("aws_vpc", "vpc");

        Assert.Multiple(() =>
        {
            Assert.That((string?)vpc["cidr_block"], Is.EqualTo("10.0.0.0/16"));
            Assert.That((bool?)vpc["enable_dns_hostnames"], Is.True);
            Assert.That((bool?)vpc["enable_dns_support"], Is.True);
        });
    }

    [TestCase("public-a", "us-east-2a", "10.0.1.0/24"), TestCase("public-b", "us-east-2b", "10.0.2.0/24")]
    [TestCase("private-a", "us-east-2a", "10.0.10.0/24"), TestCase("private-b", "us-east-2b", "10.0.11.0/24")]
    [Property("Row", "T1"), Property("Row", "D2"), Property("Row", "S1")]
    public void Subnet_IsInItsZone_AndAssignsNoPublicAddress(string id, string zone, string cidr)
    {
        JObject subnet = Stack.Value.Resource("aws_subnet", id);

        Assert.Multiple(() =>
        {
            Assert.That((string?)subnet["availability_zone"], Is.EqualTo(zone));
            Assert.That((string?)subnet["cidr_block"], Is.EqualTo(cidr));
            Assert.That((bool?)subnet["map_public_ip_on_launch"], Is.False);
        });
    }

    [Test, Property("Row", "T1"), Property("Row", "D2")]
    public void Subnets_AreThose_AndNoOthers() =>
        Assert.That(Stack.Value.Ids("aws_subnet"), Is.EqualTo(new[] { "private-a", "private-b", "public-a", "public-b" }));

    [TestCase("public-a", "public"), TestCase("public-b", "public"), TestCase("private-a", "private-a"), TestCase("private-b", "private-b")]
    [Property("Row", "D2")]
    public void Subnet_HasItsRouteTable(string subnet, string table)
    {
        JObject association = Stack.Value.Resource("aws_route_table_association", subnet);

        Assert.Multiple(() =>
        {
            Assert.That((string?)association["subnet_id"], Is.EqualTo($"${{aws_subnet.{subnet}.id}}"));
            Assert.That((string?)association["route_table_id"], Is.EqualTo($"${{aws_route_table.{table}.id}}"));
        });
    }

    [Test, Property("Row", "D2"), Property("Row", "S1")]
    public void Internet_IsReachedOnlyFromPublicSubnets()
    {
        JObject route = Stack.Value.Single("aws_route");

        Assert.Multiple(() =>
        {
            Assert.That((string?)route["route_table_id"], Is.EqualTo("${aws_route_table.public.id}"));
            Assert.That((string?)route["destination_cidr_block"], Is.EqualTo("0.0.0.0/0"));
            Assert.That((string?)route["gateway_id"], Is.EqualTo("${aws_internet_gateway.gateway.id}"));
            Assert.That((string?)Stack.Value.Single("aws_internet_gateway")["vpc_id"], Is.EqualTo("${aws_vpc.vpc.id}"));
        });
    }

    [Test, Property("Row", "S1")]
    public void DefaultSecurityGroup_HasNoRule()
    {
        JObject group = Stack.Value.Single("aws_default_security_group");

        Assert.Multiple(() =>
        {
            Assert.That((string?)group["vpc_id"], Is.EqualTo("${aws_vpc.vpc.id}"));
            Assert.That(group["ingress"], Is.Null);
            Assert.That(group["egress"], Is.Null);
        });
    }

    [TestCase("s3"), TestCase("dynamodb")]
    public void Endpoint_IsInEveryPrivateRouteTable(string service)
    {
        JObject endpoint = Stack.Value.Resource("aws_vpc_endpoint", service);

        Assert.Multiple(() =>
        {
            Assert.That((string?)endpoint["service_name"], Is.EqualTo($"com.amazonaws.us-east-2.{service}"));
            Assert.That((string?)endpoint["vpc_endpoint_type"], Is.EqualTo("Gateway"));
            Assert.That(
                endpoint["route_table_ids"]!.Values<string>(),
                Is.EqualTo(new[] { "${aws_route_table.private-a.id}", "${aws_route_table.private-b.id}" }));
        });
    }

    [Test, Property("Row", "D6")]
    public void Network_IsKept_UnlessTheEnvironmentIsDisposable()
    {
        SynthesizedStack disposable = Synthesize(SynthesizedStack.Context(disposable: true));

        Assert.Multiple(() =>
        {
            foreach ((string type, string id) in new[] { ("aws_vpc", "vpc"), ("aws_subnet", "private-a"), ("aws_subnet", "public-b") })
            {
                Assert.That((bool?)Stack.Value.Resource(type, id)["lifecycle"]?["prevent_destroy"], Is.True, id);
                Assert.That(disposable.Resource(type, id)["lifecycle"]?["prevent_destroy"], Is.Null, id);
            }
        });
    }
}
