using Infra.Tests.Support;
using NUnit.Framework;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Stacks;

/// <summary>The schedule's build may create and destroy every kind of egress that runtime can have.</summary>
internal sealed class ScheduledEgressTests
{
    /// <summary>EC2 actions that the provider needs to create a resource, change its tags, and destroy it.</summary>
    private static readonly Dictionary<string, string[]> Asked = new(StringComparer.Ordinal)
    {
        ["aws_eip"] = ["ec2:AllocateAddress", "ec2:AssociateAddress", "ec2:CreateTags", "ec2:DisassociateAddress", "ec2:ReleaseAddress"],
        ["aws_instance"] = ["ec2:RunInstances", "ec2:CreateTags", "ec2:ModifyInstanceAttribute", "ec2:TerminateInstances"],
        ["aws_nat_gateway"] = ["ec2:CreateNatGateway", "ec2:CreateTags", "ec2:DeleteNatGateway"],
        ["aws_network_interface"] =
            ["ec2:CreateNetworkInterface", "ec2:ModifyNetworkInterfaceAttribute", "ec2:DetachNetworkInterface",
                "ec2:DeleteNetworkInterface"],
        ["aws_route"] = ["ec2:CreateRoute", "ec2:ReplaceRoute", "ec2:DeleteRoute"],
        ["aws_security_group"] = ["ec2:CreateSecurityGroup", "ec2:RevokeSecurityGroupEgress", "ec2:DeleteSecurityGroup"],
        ["aws_vpc_endpoint"] = ["ec2:CreateVpcEndpoint", "ec2:ModifyVpcEndpoint", "ec2:DeleteVpcEndpoints"],
        ["aws_vpc_security_group_egress_rule"] = ["ec2:AuthorizeSecurityGroupEgress", "ec2:RevokeSecurityGroupEgress"],
        ["aws_vpc_security_group_ingress_rule"] = ["ec2:AuthorizeSecurityGroupIngress", "ec2:RevokeSecurityGroupIngress"],
    };

    private static readonly string[] NetworkKinds =
        ["aws_eip", "aws_instance", "aws_nat_", "aws_network_", "aws_route", "aws_security_group", "aws_subnet", "aws_vpc"];

    [TestCase("single", false)]
    [TestCase("perZone", true)]
    [TestCase("instance", true)]
    [TestCase("none", true)]
    [Property("Row", "D10"), Property("Row", "S10")]
    public void ScheduleRole_MayCreateOnlyTheConfiguredEgress(string nat, bool endpoints)
    {
        SynthesizedDeployment deployment = SynthesizedDeployment.Of(WrittenEnvironment.Load("dev", $$"""
            {
              "name": "dev", "project": "acme", "account": "111111111111", "region": "us-east-2",
              "network": { "nat": "{{nat}}", "endpoints": [{{(endpoints ? "\"ecr.api\", \"ecr.dkr\", \"logs\"" : "")}}] },
              "services": { "web": { "port": 8000 } },
              "schedule": { "timezone": "America/Chicago" }
            }
            """));
        string[] types =
            [.. ((JObject)deployment.Runtime.Json["resource"]!)
                .Properties()
                .Select(type => type.Name)
                .Where(type => Asked.ContainsKey(type) || NetworkKinds.Any(kind => type.StartsWith(kind, StringComparison.Ordinal)))];
        IReadOnlyList<JObject> statements = RolePolicies.Of(deployment.Bootstrap, "infra-dev-cycle");
        string[] allowed =
            [.. statements.SelectMany(statement => statement["Action"] is JArray many
                ? many.Values<string>()
                : [(string?)statement["Action"]]).Where(action => action!.StartsWith("ec2:", StringComparison.Ordinal))!];

        Assert.Multiple(() =>
        {
            Assert.That(types, Is.SubsetOf(Asked.Keys), "say in Asked what is asked of EC2");
            Assert.That(types.SelectMany(type => Asked[type]).Except(allowed), Is.Empty, "what NetworkTypes lacks");
            Assert.That(allowed.Contains("ec2:RunInstances"), Is.EqualTo(nat == "instance"));
            Assert.That(allowed.Contains("ec2:CreateNatGateway"), Is.EqualTo(nat is "single" or "perZone"));
            Assert.That(allowed.Contains("ec2:CreateVpcEndpoint"), Is.EqualTo(endpoints));
        });
    }
}
