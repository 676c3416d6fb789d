using static Infra.Constructs.Permissions.Grant;

namespace Infra.Constructs.Permissions;

/// <summary>
/// What types of EC2 take. EC2's ARNs hold ids, so that the tags decide: those of the request for what is made, those of the resource
/// for what is there.
/// A condition on tags of the request holds for the resource that is made and not for those named beside it (a subnet's VPC), which have
/// to be the
/// environment's own. https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
/// </summary>
internal static class NetworkTypes
{
    private static readonly string[] Creating =
    [
        "AllocateAddress", "CreateFlowLogs", "CreateInternetGateway", "CreateNatGateway", "CreateNetworkInterface", "CreateRouteTable",
            "CreateSecurityGroup",
        "CreateSubnet", "CreateVpc", "CreateVpcEndpoint", "AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "RunInstances",
    ];

    // Made in nothing else: there is no network, subnet or the like whose tags could be asked for.
    private static readonly string[] Parentless = ["ec2:AllocateAddress", "ec2:CreateInternetGateway", "ec2:CreateVpc"];

    public static IEnumerable<TypePermissions> Of(OwnResources own)
    {
        Scope tagged = own.Tagged("ec2");
        Scope described = own.All("ec2");
        Grant tagNew = Write(TaggedOnCreation(own), "ec2:CreateTags");
        Grant tag = Write(tagged, "ec2:CreateTags", "ec2:DeleteTags");
        Grant rules = Write(tagged, "ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress",
            "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress");

        yield return Made("aws_vpc", ["ec2:CreateVpc"], ["ec2:DeleteVpc", "ec2:ModifyVpcAttribute"],
            "ec2:DescribeNetworkAcls", "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcs").And(Read(described,
                "ec2:DescribeVpcAttribute"));
        yield return Made("aws_subnet", ["ec2:CreateSubnet"], ["ec2:DeleteSubnet", "ec2:ModifySubnetAttribute"],
            "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets");
        yield return Made("aws_internet_gateway", ["ec2:CreateInternetGateway"],
            ["ec2:AttachInternetGateway", "ec2:DeleteInternetGateway", "ec2:DetachInternetGateway"], "ec2:DescribeInternetGateways");
        yield return Made("aws_route_table", ["ec2:CreateRouteTable"], ["ec2:DeleteRouteTable", "ec2:DisassociateRouteTable"],
            "ec2:DescribeRouteTables");
        yield return new("aws_route", Write(tagged, "ec2:CreateRoute", "ec2:DeleteRoute", "ec2:ReplaceRoute"), Read(Scope.Any,
            "ec2:DescribeRouteTables"));
        yield return new("aws_route_table_association",
            Write(tagged, "ec2:AssociateRouteTable", "ec2:DisassociateRouteTable", "ec2:ReplaceRouteTableAssociation"), Read(Scope.Any,
                "ec2:DescribeRouteTables"));
        yield return Made("aws_nat_gateway", ["ec2:CreateNatGateway"], ["ec2:DeleteNatGateway"], "ec2:DescribeNatGateways");
        yield return Made("aws_eip", ["ec2:AllocateAddress"], ["ec2:AssociateAddress", "ec2:DisassociateAddress", "ec2:ReleaseAddress"],
            "ec2:DescribeAddresses",
            "ec2:DescribeAddressesAttribute");
        yield return Made("aws_security_group", ["ec2:CreateSecurityGroup"],
            ["ec2:DeleteSecurityGroup", "ec2:UpdateSecurityGroupRuleDescriptionsEgress", "ec2:UpdateSecurityGroupRuleDescriptionsIngress"],
            "ec2:DescribeNetworkInterfaces", "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups").And(rules);
        foreach (string direction in new[] { "egress", "ingress" })
            yield return Made($"aws_vpc_security_group_{direction}_rule",
                ["ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress"], ["ec2:ModifySecurityGroupRules"],
                    "ec2:DescribeSecurityGroupRules").And(rules);
        yield return new("aws_default_security_group",
            // AWS makes it with its VPC and without tags; the provider tags it before it changes its rules.
            Write(own.Untagged(own.Context.Arn("ec2", "security-group/*")), "ec2:CreateTags"), tag, rules,
            Read(Scope.Any, "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups"));
        yield return Made("aws_flow_log", ["ec2:CreateFlowLogs"], ["ec2:DeleteFlowLogs"],
            "ec2:DescribeFlowLogs") with { PassedTo = ["vpc-flow-logs.amazonaws.com"] };
        yield return Made("aws_vpc_endpoint", ["ec2:CreateVpcEndpoint"], ["ec2:DeleteVpcEndpoints", "ec2:ModifyVpcEndpoint"],
                "ec2:DescribeNetworkInterfaces", "ec2:DescribePrefixLists", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcEndpoints")
            // An endpoint answers under the service's own name through a zone that AWS keeps.
            // https://docs.aws.amazon.com/vpc/latest/privatelink/security_iam_id-based-policy-examples.html
            .And(Write(OwnResources.AllArns("arn:aws:route53:::hostedzone/*"), "route53:AssociateVPCWithHostedZone"));
        yield return Made("aws_network_interface", ["ec2:CreateNetworkInterface"],
            ["ec2:AttachNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DetachNetworkInterface",
                "ec2:ModifyNetworkInterfaceAttribute"], "ec2:DescribeNetworkInterfaces");
        yield return Made("aws_instance", ["ec2:RunInstances"],
                [
                    "ec2:ModifyInstanceAttribute", "ec2:ModifyInstanceCreditSpecification", "ec2:ModifyInstanceMaintenanceOptions",
                        "ec2:ModifyInstanceMetadataOptions",
                    "ec2:StartInstances", "ec2:StopInstances", "ec2:TerminateInstances",
                ],
                "ec2:DescribeImages", "ec2:DescribeInstanceCreditSpecifications", "ec2:DescribeInstanceTypes", "ec2:DescribeInstances",
                "ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets", "ec2:DescribeTags", "ec2:DescribeVolumes", "ec2:DescribeVpcs")
            .And(Read(described, "ec2:DescribeInstanceAttribute"))
            .And(Write(Launched(own), "ec2:RunInstances"));
        yield return new("data.aws_availability_zones", Read(Scope.Any, "ec2:DescribeAvailabilityZones"));
        yield return new("data.aws_ssm_parameter", Read(own.Named("ssm", $"parameter{own.Context.Names.Parameter("*")}"),
            "ssm:GetParameter"),
            Read(OwnResources.AllArns($"arn:aws:ssm:{own.Context.Region}::parameter/aws/service/ami-amazon-linux-latest/*"),
                "ssm:GetParameter"));

        // What is made with tags, what is done to it later, and how it is read by actions that know no resource.
        TypePermissions Made(string type, string[] create, string[] change, params string[] read) =>
            new(type, Write(own.New("ec2"), create), Write(tagged, [.. create.Except(Parentless), .. change]), tagNew, tag,
                Read(Scope.Any, read));
    }

    /// <summary>
    /// Tags that a call gives to what it makes;
    /// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
    /// </summary>
    private static Scope TaggedOnCreation(OwnResources own)
    {
        Scope made = own.New("ec2");
        return made with { Kind = "TagNew", Conditions = [.. made.Conditions,
            new Iam.Condition("StringEquals", "ec2:CreateAction", Creating)] };
    }

    // Images of AWS's have no account in their ARNs; disks and interfaces that come with an instance have no tags when they are made.
    private static Scope Launched(OwnResources own) => OwnResources.AllArns(
        $"arn:aws:ec2:{own.Context.Region}::image/*", $"arn:aws:ec2:{own.Context.Region}::snapshot/*", own.Context.Arn("ec2",
            "network-interface/*"), own.Context.Arn("ec2", "volume/*"));

    private static TypePermissions And(this TypePermissions type, Grant grant) => type with { Grants = [.. type.Grants, grant] };
}
