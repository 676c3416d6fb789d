using static Infra.Constructs.Permissions.Grant;

namespace Infra.Constructs.Permissions;

/// <summary>
/// Permissions for EC2 resource types. EC2's ARNs contain generated ids, so conditions on tags are used: request tags for what is created,
/// resource tags for what exists. A condition on request tags applies to the resource that is created, but not to the other resources in
/// the request (a subnet's VPC), which must belong to the environment.
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
/// </summary>
internal static class NetworkTypes
{
    private static readonly string[] Creating =
    [
        "AllocateAddress", "CreateFlowLogs", "CreateInternetGateway", "CreateNatGateway", "CreateNetworkInterface", "CreateRouteTable",
            "CreateSecurityGroup",
        "CreateSubnet", "CreateVpc", "CreateVpcEndpoint", "AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress", "RunInstances",
    ];

    // Not created in another resource: there is no VPC, subnet or other parent whose tags could be checked.
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
            // AWS creates it together with the VPC and without tags; the provider tags it before it changes its rules.
            Write(own.Untagged(own.Context.Arn("ec2", "security-group/*")), "ec2:CreateTags"), tag, rules,
            Read(Scope.Any, "ec2:DescribeSecurityGroupRules", "ec2:DescribeSecurityGroups"));
        yield return Made("aws_flow_log", ["ec2:CreateFlowLogs"], ["ec2:DeleteFlowLogs"],
            "ec2:DescribeFlowLogs") with
        { PassedTo = ["vpc-flow-logs.amazonaws.com"] };
        yield return Made("aws_vpc_endpoint", ["ec2:CreateVpcEndpoint"], ["ec2:DeleteVpcEndpoints", "ec2:ModifyVpcEndpoint"],
                "ec2:DescribeNetworkInterfaces", "ec2:DescribePrefixLists", "ec2:DescribeSecurityGroups", "ec2:DescribeVpcEndpoints")
            // Private DNS of an endpoint uses a hosted zone that AWS manages.
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

        // A type that is created with tags: actions to create it, to change it later, and to read it (without resource-level permissions).
        TypePermissions Made(string type, string[] create, string[] change, params string[] read) =>
            new(type, Write(own.New("ec2"), create), Write(tagged, [.. create.Except(Parentless), .. change]), tagNew, tag,
                Read(Scope.Any, read));
    }

    /// <summary>
    /// Tags in the request that creates a resource;
    /// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
    /// </summary>
    private static Scope TaggedOnCreation(OwnResources own)
    {
        Scope made = own.New("ec2");
        return made with
        {
            Kind = "TagNew",
            Conditions = [.. made.Conditions,
            new Iam.Condition("StringEquals", "ec2:CreateAction", Creating)]
        };
    }

    // ARNs of AWS's AMIs have no account id; volumes and interfaces that are created with an instance have no tags at that time.
    private static Scope Launched(OwnResources own) => OwnResources.AllArns(
        $"arn:aws:ec2:{own.Context.Region}::image/*", $"arn:aws:ec2:{own.Context.Region}::snapshot/*", own.Context.Arn("ec2",
            "network-interface/*"), own.Context.Arn("ec2", "volume/*"));

    private static TypePermissions And(this TypePermissions type, Grant grant) => type with { Grants = [.. type.Grants, grant] };
}
