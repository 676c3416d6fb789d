using Infra.Configuration.Model;
using Infra.Constructs.Networking;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Networking;

internal sealed class NatInstanceTests
{
    private static readonly Lazy<SynthesizedStack> Made =
        new(() => SynthesizedStack.Of(stack => _ = new NatInstance(stack, "nat", new NatInstanceProps
        {
            Context = SynthesizedStack.Context(),
            Config = new NetworkConfig { Zones = ["a", "b"], PrivateSubnets = ["10.0.10.0/24", "10.0.11.0/24"], Nat = NatMode.Instance },
            VpcId = "vpc-1",
            PublicSubnetId = "public-1",
            PrivateRouteTableIds = ["table-1", "table-2"],
            AlertTopicArn = "arn:aws:sns:us-east-2:111111111111:alerts",
        })));

    private static JObject Instance => Made.Value.Resource("aws_instance", "nat");

    [Test, Property("Row", "D2"), Property("Row", "H5"), Property("Row", "T1")]
    public void Routes_PointToTheNetworkInterface_WhichOutlivesTheInstance()
    {
        JObject card = Made.Value.Resource("aws_network_interface", "nat");

        Assert.Multiple(() =>
        {
            Assert.That((string?)card["subnet_id"], Is.EqualTo("public-1"));
            Assert.That((bool?)card["source_dest_check"], Is.False, "what it passes on is not its own");
            Assert.That((string?)Made.Value.Single("aws_eip")["network_interface"], Is.EqualTo("${aws_network_interface.nat.id}"));
            Assert.That((string?)Instance["network_interface"]![0]!["network_interface_id"], Is.EqualTo("${aws_network_interface.nat.id}"));
            Assert.That(
                Made.Value.Ids("aws_route").Select(id => Made.Value.Resource("aws_route", id))
                    .Select(route => $"{route["route_table_id"]} {route["destination_cidr_block"]} {route["network_interface_id"]}"),
                Is.EqualTo(
                    new[] { "table-1 0.0.0.0/0 ${aws_network_interface.nat.id}", "table-2 0.0.0.0/0 ${aws_network_interface.nat.id}" }));
        });
    }

    [Test, Property("Row", "S1")]
    public void Instance_IsHardened_AndHasNoRole()
    {
        Assert.Multiple(() =>
        {
            Assert.That((string?)Instance["metadata_options"]!["http_tokens"], Is.EqualTo("required"));
            Assert.That((int?)Instance["metadata_options"]!["http_put_response_hop_limit"], Is.EqualTo(1));
            Assert.That((bool?)Instance["root_block_device"]!["encrypted"], Is.True);
            Assert.That(Instance["iam_instance_profile"], Is.Null);
            Assert.That(Instance["key_name"], Is.Null);
            Assert.That((string?)Instance["maintenance_options"]!["auto_recovery"], Is.EqualTo("default"));
        });
    }

    [Test]
    public void Image_IsTheNewestForArm_AndANewOneReplacesNothingByItself()
    {
        Assert.Multiple(() =>
        {
            Assert.That((string?)Made.Value.Data("aws_ssm_parameter", "nat_image")["name"],
                Is.EqualTo("/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64"));
            Assert.That((string?)Instance["ami"], Is.EqualTo("${data.aws_ssm_parameter.nat_image.insecure_value}"));
            Assert.That((string?)Instance["instance_type"], Is.EqualTo("t4g.nano"));
            Assert.That(Instance["lifecycle"]!["ignore_changes"]!.Values<string>(), Is.EqualTo(new[] { "ami" }));
        });
    }

    [Test, Property("Row", "S1")]
    public void Group_AllowsOnlyTrafficOfPrivateSubnets()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Rules("ingress"), Is.EqualTo(new[] { "tcp 443-443 10.0.10.0/24", "tcp 443-443 10.0.11.0/24" }));
            Assert.That(Rules("egress"), Is.EqualTo(new[] { "tcp 443-443 0.0.0.0/0" }));
        });

        static IEnumerable<string> Rules(string direction)
        {
            string type = $"aws_vpc_security_group_{direction}_rule";
            return Made.Value.Ids(type).Select(id => Made.Value.Resource(type, id))
                .Select(rule => $"{rule["ip_protocol"]} {rule["from_port"]}-{rule["to_port"]} {rule["cidr_ipv4"]}");
        }
    }

    [Test]
    public void Alarm_RebootsIt_AndNotifies()
    {
        JObject alarm = Made.Value.Resource("aws_cloudwatch_metric_alarm", "nat");

        Assert.Multiple(() =>
        {
            Assert.That((string?)alarm["metric_name"], Is.EqualTo("StatusCheckFailed_Instance"));
            Assert.That((string?)alarm["dimensions"]!["InstanceId"], Is.EqualTo("${aws_instance.nat.id}"));
            Assert.That(alarm["alarm_actions"]!.Values<string>(),
                Is.EqualTo(new[] { "arn:aws:automate:us-east-2:ec2:reboot", "arn:aws:sns:us-east-2:111111111111:alerts" }));
        });
    }

    [Test, Property("Finding", "A15")]
    public void FirstStart_RunsTheScript_WhichAsksTheRegionsSts()
    {
        string script =
            File.ReadAllText(Path.Combine(Infra.Operations.Workspace.Checkout.Find().Root, "Constructs", "Networking", "nat.sh"));
        string expected = script.Replace("@PROBE@", "https://sts.us-east-2.amazonaws.com", StringComparison.Ordinal)
            .Replace("${", "$${", StringComparison.Ordinal);

        Assert.Multiple(() =>
        {
            Assert.That((string?)Instance["user_data"], Is.EqualTo(expected));
            Assert.That(expected, Has.Length.LessThan(16 * 1024), "EC2 takes no more user data");
        });
    }
}
