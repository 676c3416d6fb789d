using Infra.Constructs.Networking;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Networking;

internal sealed class InterfaceEndpointsTests
{
    private static readonly Lazy<SynthesizedStack> Made =
        new(() => SynthesizedStack.Of(stack => _ = new InterfaceEndpoints(stack, "endpoints", new InterfaceEndpointsProps
        {
            Context = SynthesizedStack.Context(),
            Services = ["logs", "ecr.api"],
            VpcId = "vpc-1",
            PrivateSubnetIds = ["private-1", "private-2"],
            SecurityGroupId = "sg-endpoints",
        })));

    [Test, Property("Row", "S1"), Property("Row", "H5")]
    public void Endpoint_IsInEachPrivateSubnet_WithPrivateDns()
    {
        JObject endpoint = Made.Value.Resource("aws_vpc_endpoint", "endpoint-ecr-api");

        Assert.Multiple(() =>
        {
            Assert.That(Made.Value.Ids("aws_vpc_endpoint"), Is.EqualTo(new[] { "endpoint-ecr-api", "endpoint-logs" }));
            Assert.That((string?)endpoint["service_name"], Is.EqualTo("com.amazonaws.us-east-2.ecr.api"));
            Assert.That((string?)endpoint["vpc_endpoint_type"], Is.EqualTo("Interface"));
            Assert.That((bool?)endpoint["private_dns_enabled"], Is.True);
            Assert.That(endpoint["subnet_ids"]!.Values<string>(), Is.EqualTo(new[] { "private-1", "private-2" }));
            Assert.That(endpoint["security_group_ids"]!.Values<string>(), Is.EqualTo(new[] { "sg-endpoints" }));
        });
    }

    [Test, Property("Row", "S1"), Property("Row", "S10")]
    public void Endpoint_ServesOnlyTheAccountsPrincipals()
    {
        JObject statement = SynthesizedStack.Statement(
            SynthesizedStack.Policy(Made.Value.Resource("aws_vpc_endpoint", "endpoint-logs")["policy"]), "OfTheAccount");

        Assert.That((string?)statement["Condition"]!["StringEquals"]!["aws:PrincipalAccount"], Is.EqualTo("111111111111"));
    }
}
