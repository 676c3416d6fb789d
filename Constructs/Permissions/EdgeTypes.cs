using Infra.Constructs.Iam;
using Infra.Naming;
using static Infra.Constructs.Permissions.Grant;

namespace Infra.Constructs.Permissions;

/// <summary>
/// Permissions for resource types between the internet and the services: load balancers, firewall, CloudFront, certificates, DNS.
/// </summary>
internal static class EdgeTypes
{
    public static IEnumerable<TypePermissions> Of(OwnResources own, string? domain) =>
        LoadBalancing(own).Concat(Firewall(own)).Concat(CloudFront(own)).Concat(Certificates(own)).Concat(Dns(domain));

    private static IEnumerable<TypePermissions> LoadBalancing(OwnResources own)
    {
        const string Elb = "elasticloadbalancing";
        Scope balancers = own.Named(Elb, [.. own.Names(NameRule.LoadBalancer, "loadbalancer/app/{0}/*"),
            .. own.Names(NameRule.LoadBalancer, "listener/app/{0}/*"), .. own.Names(NameRule.LoadBalancer, "listener-rule/app/{0}/*")]);
        Scope groups = own.Named(Elb, own.Names(NameRule.TargetGroup, "targetgroup/{0}/*"));
        Grant tagging = Write(balancers, "elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags");
        Grant read = Read(Scope.Any, "elasticloadbalancing:DescribeTags");
        yield return new("aws_lb", tagging, read,
            Write(balancers, "elasticloadbalancing:CreateLoadBalancer", "elasticloadbalancing:DeleteLoadBalancer",
                "elasticloadbalancing:ModifyLoadBalancerAttributes",
                "elasticloadbalancing:SetIpAddressType", "elasticloadbalancing:SetSecurityGroups", "elasticloadbalancing:SetSubnets"),
            Read(Scope.Any, "elasticloadbalancing:DescribeCapacityReservation", "elasticloadbalancing:DescribeLoadBalancerAttributes",
                "elasticloadbalancing:DescribeLoadBalancers"),
            // ELB reads these with the caller's permissions.
            // https://docs.aws.amazon.com/elasticloadbalancing/latest/userguide/elb-api-permissions.html
            Read(Scope.Any, "ec2:DescribeAccountAttributes", "ec2:DescribeInternetGateways", "ec2:DescribeNetworkInterfaces",
                "ec2:DescribeSecurityGroups", "ec2:DescribeSubnets",
                "ec2:DescribeVpcs"))
        {
            ServiceLinkedRoles = ["elasticloadbalancing.amazonaws.com"],
        };
        yield return new("aws_lb_listener", tagging, read,
            Write(balancers, "elasticloadbalancing:CreateListener", "elasticloadbalancing:DeleteListener",
                "elasticloadbalancing:ModifyListener", "elasticloadbalancing:ModifyListenerAttributes"),
            Read(Scope.Any, "elasticloadbalancing:DescribeListenerAttributes", "elasticloadbalancing:DescribeListeners"));
        yield return new("aws_lb_listener_rule", tagging, read,
            Write(balancers, "elasticloadbalancing:CreateRule", "elasticloadbalancing:DeleteRule", "elasticloadbalancing:ModifyRule",
                "elasticloadbalancing:SetRulePriorities"),
            Read(Scope.Any, "elasticloadbalancing:DescribeRules"));
        yield return new("aws_lb_target_group", Write(groups, "elasticloadbalancing:AddTags", "elasticloadbalancing:RemoveTags"), read,
            Write(groups, "elasticloadbalancing:CreateTargetGroup", "elasticloadbalancing:DeleteTargetGroup",
                "elasticloadbalancing:ModifyTargetGroup", "elasticloadbalancing:ModifyTargetGroupAttributes"),
            Read(Scope.Any, "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroups"));
    }

    private static IEnumerable<TypePermissions> Firewall(OwnResources own)
    {
        Scope acls = own.Named("wafv2", own.Names(NameRule.WebAcl, "regional/webacl/{0}/*"));
        Scope sets = own.Named("wafv2", own.Names(NameRule.WebAcl, "regional/ipset/{0}/*"));
        Scope balancers = own.Named("elasticloadbalancing", own.Names(NameRule.LoadBalancer, "loadbalancer/app/{0}/*"));
        // A request for a web ACL also requires permission for the AWS managed rule groups that it uses.
        // https://docs.aws.amazon.com/waf/latest/developerguide/security_iam_service-with-iam.html
        Scope rules = own.Named("wafv2", "regional/managedruleset/*/*", "regional/rulegroup/*/*");
        yield return new("aws_wafv2_web_acl",
            Write(acls, "wafv2:CreateWebACL", "wafv2:DeleteWebACL", "wafv2:TagResource", "wafv2:UntagResource", "wafv2:UpdateWebACL"),
            Write(sets, "wafv2:CreateWebACL", "wafv2:UpdateWebACL"), Write(rules, "wafv2:CreateWebACL", "wafv2:UpdateWebACL"),
            Read(acls, "wafv2:GetWebACL", "wafv2:ListTagsForResource"))
        {
            ServiceLinkedRoles = ["wafv2.amazonaws.com"],
        };
        yield return new("aws_wafv2_ip_set",
            Write(sets, "wafv2:CreateIPSet", "wafv2:DeleteIPSet", "wafv2:TagResource", "wafv2:UntagResource", "wafv2:UpdateIPSet"),
            Read(sets, "wafv2:GetIPSet", "wafv2:ListTagsForResource"));
        yield return new("aws_wafv2_web_acl_association",
            // Associating requires permission for the web ACL and for the resource that it protects.
            // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html
            Write(acls, "wafv2:AssociateWebACL"),
            Write(balancers with { Kind = "Firewalled" }, "wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"), Write(Scope.Any,
                "elasticloadbalancing:SetWebACL"),
            Read(acls, "wafv2:GetWebACLForResource"), Read(balancers with { Kind = "Firewalled" }, "wafv2:GetWebACLForResource"));
        yield return new("aws_wafv2_web_acl_logging_configuration",
            // The caller that configures a web ACL's log also allows AWS WAF to write to it.
            // https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
            Write(acls, "wafv2:DeleteLoggingConfiguration", "wafv2:PutLoggingConfiguration"),
            Write(Scope.Any, "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeLogGroups",
                "logs:DescribeResourcePolicies", "logs:PutResourcePolicy"),
            Read(acls, "wafv2:GetLoggingConfiguration"));
    }

    private static IEnumerable<TypePermissions> CloudFront(OwnResources own)
    {
        string distributions = own.Context.GlobalArn("cloudfront", "distribution/*");
        // Their ARNs contain generated ids, and they have no tags.
        Scope controls = OwnResources.AllArns(own.Context.GlobalArn("cloudfront", "origin-access-control/*"));
        Scope policies = OwnResources.AllArns(own.Context.GlobalArn("cloudfront", "response-headers-policy/*"));
        yield return new("aws_cloudfront_distribution",
            Write(own.NewAnything, "cloudfront:CreateDistribution"), Write(own.Untagged(distributions), "cloudfront:TagResource"),
            Write(own.TaggedArns(distributions), "cloudfront:DeleteDistribution", "cloudfront:TagResource", "cloudfront:UntagResource",
                "cloudfront:UpdateDistribution"),
            Read(OwnResources.AllArns(distributions), "cloudfront:GetDistribution", "cloudfront:ListTagsForResource"));
        yield return new("aws_cloudfront_origin_access_control", Write(Scope.Any, "cloudfront:CreateOriginAccessControl"),
            Write(controls, "cloudfront:DeleteOriginAccessControl", "cloudfront:UpdateOriginAccessControl"), Read(controls,
                "cloudfront:GetOriginAccessControl"));
        yield return new("aws_cloudfront_response_headers_policy", Write(Scope.Any, "cloudfront:CreateResponseHeadersPolicy"),
            Write(policies, "cloudfront:DeleteResponseHeadersPolicy", "cloudfront:UpdateResponseHeadersPolicy"), Read(policies,
                "cloudfront:GetResponseHeadersPolicy"));
    }

    private static IEnumerable<TypePermissions> Certificates(OwnResources own)
    {
        string[] arns =
        [
            .. new[] { own.Context.Region, OwnResources.GlobalRegion }.Distinct().Select(region =>
                $"arn:aws:acm:{region}:{own.Context.Account}:certificate/*"),
        ];
        Scope all = OwnResources.AllArns(arns);
        yield return new("aws_acm_certificate",
            Write(own.NewAnything, "acm:RequestCertificate"), Write(own.Untagged(arns), "acm:AddTagsToCertificate"),
            Write(own.TaggedArns(arns), "acm:AddTagsToCertificate", "acm:DeleteCertificate", "acm:RemoveTagsFromCertificate",
                "acm:UpdateCertificateOptions"),
            Read(all, "acm:DescribeCertificate", "acm:ListTagsForCertificate"));
        yield return new("aws_acm_certificate_validation", Read(all, "acm:DescribeCertificate"));
    }

    private static IEnumerable<TypePermissions> Dns(string? domain)
    {
        // Zones have generated ids and no condition on their tags: permissions are limited by record names.
        // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/specifying-conditions-route53.html
        Scope zones = OwnResources.AllArns("arn:aws:route53:::hostedzone/*");
        Scope records = domain is null ? zones : new Scope("Records", zones.Resources, new Condition(
            "ForAllValues:StringLike", "route53:ChangeResourceRecordSetsNormalizedRecordNames", domain, $"*.{domain}"));
        Grant changed = Read(OwnResources.AllArns("arn:aws:route53:::change/*"), "route53:GetChange");
        yield return new("aws_route53_zone", changed, Write(Scope.Any, "route53:CreateHostedZone"),
            Write(zones, "route53:ChangeTagsForResource", "route53:DeleteHostedZone", "route53:GetDNSSEC",
                "route53:UpdateHostedZoneComment"),
            Write(records, "route53:ChangeResourceRecordSets"),
            Read(zones, "route53:GetHostedZone", "route53:ListResourceRecordSets", "route53:ListTagsForResource"));
        yield return new("aws_route53_record", changed, Write(records, "route53:ChangeResourceRecordSets"),
            Read(zones, "route53:GetHostedZone", "route53:ListResourceRecordSets"));
        yield return new("data.aws_route53_zone", Read(Scope.Any, "route53:ListHostedZones"), Read(zones, "route53:GetHostedZone",
            "route53:ListTagsForResource"));
    }
}
