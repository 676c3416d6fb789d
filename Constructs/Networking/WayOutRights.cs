using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Networking;

/// <summary>
/// What a turn of the schedule may do in EC2: make and destroy runtime's way out, which is NAT gateways, an instance or nothing, and interface endpoints.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
/// </summary>
internal static class WayOutRights
{
    /// <summary>Public AMIs, their disks, and the parameters that name the newest have no account in their ARNs.</summary>
    private static readonly string[] ImageKinds = ["image", "snapshot"];

    private static readonly string[] Routes = ["ec2:CreateRoute", "ec2:CreateTags", "ec2:DeleteRoute", "ec2:DeleteTags", "ec2:ReplaceRoute"];

    private static readonly string[] Addresses = ["ec2:AllocateAddress", "ec2:AssociateAddress", "ec2:DisassociateAddress", "ec2:ReleaseAddress"];

    private static readonly string[] Gateways = ["ec2:CreateNatGateway", "ec2:DeleteNatGateway"];

    private static readonly string[] Instance =
    [
        "ec2:AttachNetworkInterface", "ec2:AuthorizeSecurityGroupEgress", "ec2:AuthorizeSecurityGroupIngress", "ec2:CreateNetworkInterface", "ec2:CreateSecurityGroup",
        "ec2:DeleteNetworkInterface", "ec2:DeleteSecurityGroup", "ec2:DetachNetworkInterface", "ec2:ModifyInstanceAttribute", "ec2:ModifyInstanceCreditSpecification",
        "ec2:ModifyInstanceMaintenanceOptions", "ec2:ModifyInstanceMetadataOptions", "ec2:ModifyNetworkInterfaceAttribute", "ec2:ModifySecurityGroupRules",
        "ec2:RevokeSecurityGroupEgress", "ec2:RevokeSecurityGroupIngress", "ec2:RunInstances", "ec2:StartInstances", "ec2:StopInstances", "ec2:TerminateInstances",
    ];

    private static readonly string[] Endpoints = ["ec2:CreateVpcEndpoint", "ec2:DeleteVpcEndpoints", "ec2:ModifyVpcEndpoint"];

    public static IEnumerable<Statement> Of(DeploymentContext context, NetworkConfig network)
    {
        bool instance = network.Nat == "instance";
        bool gateways = network.Nat is "single" or "perZone";
        bool endpoints = network.Endpoints.Count > 0;
        if (instance || gateways || endpoints)
            yield return new Statement
            {
                Sid = "WayOut",
                Actions =
                [
                    .. Routes.Concat(instance || gateways ? Addresses : []).Concat(gateways ? Gateways : []).Concat(instance ? Instance : [])
                        .Concat(endpoints ? Endpoints : []).Order(StringComparer.Ordinal),
                ],
                Resources = [context.Arn("ec2", "*")],
            };
        if (instance)
        {
            yield return PublicImages(context);
            yield return new Statement
            {
                Sid = "NewestImage",
                Actions = ["ssm:GetParameter", "ssm:GetParameters"],
                Resources = [$"arn:aws:ssm:{context.Region}::parameter/aws/service/ami-amazon-linux-latest/*"],
            };
        }

        // An endpoint answers under the service's own name through a zone that AWS keeps.
        // https://docs.aws.amazon.com/vpc/latest/privatelink/security_iam_id-based-policy-examples.html
        if (endpoints)
            yield return new Statement { Sid = "EndpointNames", Actions = ["route53:AssociateVPCWithHostedZone"], Resources = ["arn:aws:route53:::hostedzone/*"] };
    }

    /// <summary>To start instances from images of AWS's.</summary>
    public static Statement PublicImages(DeploymentContext context) => new()
    {
        Sid = "PublicImages",
        Actions = ["ec2:RunInstances"],
        Resources = [.. ImageKinds.Select(kind => $"arn:aws:ec2:{context.Region}::{kind}/*")],
    };

    /// <summary>What Terraform looks at on its way, by actions that know no resource.</summary>
    public static IEnumerable<string> Look(NetworkConfig network) =>
    [
        "ec2:DescribeAccountAttributes", "ec2:DescribeAddresses", "ec2:DescribeAddressesAttribute", "ec2:DescribeInternetGateways", "ec2:DescribeNatGateways",
        "ec2:DescribeNetworkInterfaces", "ec2:DescribeRouteTables", "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs",
        .. network.Nat == "instance"
            ?
            [
                "ec2:DescribeImages", "ec2:DescribeInstanceAttribute", "ec2:DescribeInstanceCreditSpecifications", "ec2:DescribeInstanceTypes", "ec2:DescribeInstances",
                "ec2:DescribeSecurityGroupRules", "ec2:DescribeTags", "ec2:DescribeVolumes",
            ]
            : Array.Empty<string>(),
        .. network.Endpoints.Count > 0 ? ["ec2:DescribePrefixLists", "ec2:DescribeVpcEndpoints", "ec2:DescribeVpcEndpointServices"] : Array.Empty<string>(),
    ];
}
