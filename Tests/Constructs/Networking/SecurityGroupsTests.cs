using Infra.Constructs.Networking;
using Infra.Naming;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Networking;

internal sealed class SecurityGroupsTests
{
    private const string Alb = "${aws_security_group.alb-sg.id}";
    private const string Ecs = "${aws_security_group.ecs-sg.id}";
    private const string Rds = "${aws_security_group.rds-sg.id}";

    private static SynthesizedStack Synthesize(
        int[] ports, string[]? cidrs = null, bool certificate = true, bool database = true) =>
        SynthesizedStack.Of(stack => _ = new SecurityGroups(stack, "groups", new SecurityGroupsProps
        {
            Context = SynthesizedStack.Context(),
            VpcId = "vpc-1",
            ServicePorts = ports,
            IngressCidrs = cidrs ?? ["0.0.0.0/0"],
            HasCertificate = certificate,
            HasNat = true,
            HasEndpoints = false,
            GatewayPrefixLists = new Dictionary<string, string>(),
            Databases = database ? [new DatabaseName(null)] : [],
        }));

    /// <summary>Every rule of a direction: group, protocol, ports, and source or destination.</summary>
    private static string[] Rules(SynthesizedStack stack, string direction)
    {
        string type = $"aws_vpc_security_group_{direction}_rule";
        return [.. stack.Ids(type).Select(id => stack.Resource(type, id)).Select(rule =>
            $"{rule["security_group_id"]} {rule["ip_protocol"]} {rule["from_port"]}-{rule["to_port"]} "
                + $"{rule["cidr_ipv4"] ?? rule["referenced_security_group_id"]}")
            .Order(StringComparer.Ordinal)];
    }

    [Test, Property("Row", "T1"), Property("Row", "D2"), Property("Row", "S1")]
    public void Ingress_IsAChainFromTheInternetToTheDatabase()
    {
        Assert.That(Rules(Synthesize([8000]), "ingress"), Is.EqualTo(new[]
        {
            $"{Alb} tcp 443-443 0.0.0.0/0",
            // Answered with a redirect.
            $"{Alb} tcp 80-80 0.0.0.0/0",
            $"{Ecs} tcp 8000-8000 {Alb}",
            $"{Rds} tcp 5432-5432 {Ecs}",
        }));
    }

    [Test, Property("Row", "T1"), Property("Row", "S1")]
    public void Egress_IsLimitedToWhatIsUsed()
    {
        Assert.That(Rules(Synthesize([8000]), "egress"), Is.EqualTo(new[]
        {
            $"{Alb} tcp 8000-8000 {Ecs}",
            $"{Ecs} tcp 443-443 0.0.0.0/0",
            $"{Ecs} tcp 5432-5432 {Rds}",
        }));
    }

    [Test, Property("Row", "D2"), Property("Row", "D5")]
    public void EachPort_IsOpenedOnce()
    {
        SynthesizedStack stack = Synthesize([8000, 3000, 8000], database: false);

        Assert.Multiple(() =>
        {
            Assert.That(Rules(stack, "ingress").Where(rule => rule.StartsWith(Ecs, StringComparison.Ordinal)), Is.EqualTo(new[]
            {
                $"{Ecs} tcp 3000-3000 {Alb}",
                $"{Ecs} tcp 8000-8000 {Alb}",
            }));
            Assert.That(Rules(stack, "egress"), Is.EqualTo(new[]
            {
                $"{Alb} tcp 3000-3000 {Ecs}",
                $"{Alb} tcp 8000-8000 {Ecs}",
                $"{Ecs} tcp 443-443 0.0.0.0/0",
            }));
        });
    }

    [Test, Property("Row", "D5"), Property("Row", "S2")]
    public void WithoutACertificate_OnlyHttpIsOpen()
    {
        Assert.That(
            Rules(Synthesize([8000], certificate: false, database: false), "ingress")
                .Where(rule => rule.StartsWith(Alb, StringComparison.Ordinal)),
            Is.EqualTo(new[] { $"{Alb} tcp 80-80 0.0.0.0/0" }));
    }

    [Test, Property("Row", "S1")]
    public void IngressCidrs_AreTheConfiguredOnes()
    {
        Assert.That(
            Rules(Synthesize([8000], ["203.0.113.0/24", "198.51.100.7/32"]), "ingress")
                .Where(rule => rule.StartsWith(Alb, StringComparison.Ordinal)),
            Is.EqualTo(new[]
            {
                $"{Alb} tcp 443-443 198.51.100.7/32",
                $"{Alb} tcp 443-443 203.0.113.0/24",
                $"{Alb} tcp 80-80 198.51.100.7/32",
                $"{Alb} tcp 80-80 203.0.113.0/24",
            }));
    }

    [Test, Property("Row", "T1")]
    public void Groups_HaveNames_AndNoInlineRules()
    {
        SynthesizedStack stack = Synthesize([8000]);

        Assert.Multiple(() =>
        {
            foreach (string name in new[] { "alb-sg", "ecs-sg", "rds-sg" })
            {
                JObject group = stack.Resource("aws_security_group", name);
                Assert.That((string?)group["name"], Is.EqualTo(name));
                Assert.That((string?)group["vpc_id"], Is.EqualTo("vpc-1"));
                Assert.That(group["ingress"], Is.Null, "rules beside the group's own would fight with these");
                Assert.That(group["egress"], Is.Null);
            }
        });
    }

    [Test]
    public void WithoutADatabase_ThereIsNoGroupForIt() =>
        Assert.That(Synthesize([8000], database: false).Ids("aws_security_group"), Is.EqualTo(new[] { "alb-sg", "ecs-sg" }));
}
