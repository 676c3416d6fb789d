using Infra.Configuration.Model;
using Infra.Constructs.Networking;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Networking;

internal sealed class NatGatewaysTests
{
    private static SynthesizedStack Synthesize(NatMode nat) =>
        SynthesizedStack.Of(stack => _ = new NatGateways(stack, "nat", new NatGatewaysProps(
        SynthesizedStack.Context(), new NetworkConfig { Zones = ["a", "b", "c"], Nat = nat }, ["public-1", "public-2", "public-3"],
        ["table-1", "table-2", "table-3"])));

    private static string?[] Ways(SynthesizedStack stack) =>
        [.. stack.Ids("aws_route").Select(id => stack.Resource("aws_route", id))
            .Select(route => $"{route["route_table_id"]} {route["destination_cidr_block"]} {route["nat_gateway_id"]}")];

    [Test, Property("Row", "T1"), Property("Row", "D2")]
    public void Single_IsSharedByAllZones()
    {
        SynthesizedStack stack = Synthesize(NatMode.OneGateway);

        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Single("aws_nat_gateway")["subnet_id"], Is.EqualTo("public-1"));
            Assert.That((string?)stack.Single("aws_nat_gateway")["allocation_id"], Is.EqualTo("${aws_eip.nat-a.allocation_id}"));
            Assert.That(Ways(stack), Is.EqualTo(new[]
            {
                "table-1 0.0.0.0/0 ${aws_nat_gateway.nat-a.id}",
                "table-2 0.0.0.0/0 ${aws_nat_gateway.nat-a.id}",
                "table-3 0.0.0.0/0 ${aws_nat_gateway.nat-a.id}",
            }));
        });
    }

    [Test, Property("Row", "T1"), Property("Row", "D2")]
    public void PerZone_GivesEachZoneItsOwn()
    {
        SynthesizedStack stack = Synthesize(NatMode.GatewayPerZone);

        Assert.Multiple(() =>
        {
            Assert.That(
                stack.Ids("aws_nat_gateway").Select(id => (string?)stack.Resource("aws_nat_gateway", id)["subnet_id"]),
                Is.EqualTo(new[] { "public-1", "public-2", "public-3" }));
            Assert.That(stack.Ids("aws_eip"), Is.EqualTo(new[] { "nat-a", "nat-b", "nat-c" }));
            Assert.That(Ways(stack), Is.EqualTo(new[]
            {
                "table-1 0.0.0.0/0 ${aws_nat_gateway.nat-a.id}",
                "table-2 0.0.0.0/0 ${aws_nat_gateway.nat-b.id}",
                "table-3 0.0.0.0/0 ${aws_nat_gateway.nat-c.id}",
            }));
        });
    }

    [Test, Property("Row", "T1")]
    public void FromSingleToPerZone_TheFirstGatewayStays()
    {
        Assert.That(Synthesize(NatMode.GatewayPerZone).Ids("aws_nat_gateway"),
            Is.SupersetOf(Synthesize(NatMode.OneGateway).Ids("aws_nat_gateway")));
    }

    [TestCase(NatMode.None), TestCase(NatMode.Instance)]
    public void WithoutAGateway_IsRejected(NatMode nat) =>
        Assert.That(
            () => Synthesize(nat), Throws.ArgumentException.With.Message.StartsWith(
                $"network.nat is '{nat.Text()}', which has no NAT gateway; those that have: single, perZone"));
}
