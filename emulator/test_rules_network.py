"""Load balancers, certificates, distributions and availability zones."""

from __future__ import annotations

import unittest

from rule_case import RuleCase, covers, network
from testing import ACCOUNT, client


class LoadBalancerRules(RuleCase):
    def test_what_moto_rejects_itself(self) -> None:
        """Finding A8: a target group in use cannot be replaced, and its name is taken."""
        elbv2 = client("elbv2")
        group = {"Name": "rules-used", "Protocol": "HTTP", "VpcId": network()[0], "TargetType": "ip"}
        arn = elbv2.create_target_group(**group, Port=80)["TargetGroups"][0]["TargetGroupArn"]
        self.refused("DuplicateTargetGroupName", "", elbv2.create_target_group, **group, Port=81)
        balancer = elbv2.create_load_balancer(Name="rules-used", Subnets=network()[1])["LoadBalancers"][0]["LoadBalancerArn"]
        fixed = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
        listener = elbv2.create_listener(LoadBalancerArn=balancer, Protocol="HTTP", Port=80, DefaultActions=[fixed])["Listeners"][0][
            "ListenerArn"]
        rule = elbv2.create_rule(
            ListenerArn=listener, Priority=1, Conditions=[{"Field": "path-pattern", "Values": ["/*"]}],
            Actions=[{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": arn}]}}],
        )["Rules"][0]["RuleArn"]
        self.refused("ResourceInUse", "is currently in use by a listener or a rule", elbv2.delete_target_group, TargetGroupArn=arn)
        elbv2.delete_rule(RuleArn=rule)
        elbv2.delete_target_group(TargetGroupArn=arn)

    @covers("listener_has_an_issued_certificate")
    def test_certificate(self) -> None:
        elbv2, acm = client("elbv2"), client("acm")
        balancer = elbv2.create_load_balancer(Name="rules-https", Subnets=network()[1])["LoadBalancers"][0]["LoadBalancerArn"]
        listener = {"LoadBalancerArn": balancer, "Protocol": "HTTPS", "Port": 443,
                    "DefaultActions": [{"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}]}
        self.refused("ValidationError", "A certificate must be specified for HTTPS listeners", elbv2.create_listener, **listener)
        elsewhere = client("acm", region="us-east-1").request_certificate(DomainName="example.com", ValidationMethod="DNS")[
            "CertificateArn"]
        self.refused("CertificateNotFound", elsewhere, elbv2.create_listener, **listener, Certificates=[{"CertificateArn": elsewhere}])
        here = acm.request_certificate(DomainName="example.com", ValidationMethod="DNS")["CertificateArn"]
        elbv2.create_listener(**listener, Certificates=[{"CertificateArn": here}])


    @covers("application_load_balancer_has_two_zones")
    def test_zones(self) -> None:
        elbv2 = client("elbv2")
        self.refused("ValidationError", "At least two subnets in two different Availability Zones", elbv2.create_load_balancer,
                     Name="rules-one", Subnets=network()[1][:1])
        elbv2.create_load_balancer(Name="rules-nlb", Type="network", Subnets=network()[1][:1])


class FirewallRules(RuleCase):
    @covers("scope_of_cloudfront_is_in_its_region")
    def test_scope(self) -> None:
        acl = {"Name": "rules", "Scope": "CLOUDFRONT", "DefaultAction": {"Allow": {}},
               "VisibilityConfig": {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": "rules"}}
        self.refused("WAFInvalidParameterException", "The scope is not valid", client("wafv2").create_web_acl, **acl)
        client("wafv2", region="us-east-1").create_web_acl(**acl)

    @covers("log_destination_has_its_prefix")
    def test_log_destination(self) -> None:
        wafv2 = client("wafv2")
        arn = wafv2.create_ip_set(Name="rules", Scope="REGIONAL", IPAddressVersion="IPV4", Addresses=[])["Summary"]["ARN"].replace(
            "ipset", "webacl")

        def log_to(name: str) -> None:
            destination = f"arn:aws:logs:us-east-2:{ACCOUNT}:log-group:{name}"
            wafv2.put_logging_configuration(LoggingConfiguration={"ResourceArn": arn, "LogDestinationConfigs": [destination]})

        self.refused("WAFInvalidParameterException", "The ARN isn't valid", lambda: log_to("rules"))
        log_to("aws-waf-logs-rules")


class DistributionRules(RuleCase):
    @covers("distribution_has_a_certificate_for_its_names")
    def test_certificate_of_a_distribution(self) -> None:
        cloudfront = client("cloudfront")
        arns = {
            region: client("acm", region=region).request_certificate(DomainName="*.example.com", ValidationMethod="DNS")["CertificateArn"]
                for region in ("us-east-1", "us-east-2")}

        def create(alias: str, region: str | None) -> None:
            viewer = {"ACMCertificateArn": arns[region], "SSLSupportMethod": "sni-only"} if region else {
                "CloudFrontDefaultCertificate": True}
            origin = {"Id": "a", "DomainName": "acme.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
            cloudfront.create_distribution(DistributionConfig={
                "CallerReference": alias + str(region), "Comment": "", "Enabled": True, "Aliases": {"Quantity": 1, "Items": [alias]},
                "Origins": {"Quantity": 1, "Items": [origin]}, "ViewerCertificate": viewer,
                "DefaultCacheBehavior": {"TargetOriginId": "a", "ViewerProtocolPolicy": "redirect-to-https", "CachePolicyId": "b"},
            })

        self.refused("InvalidViewerCertificate", "isn't in us-east-1", lambda: create("www.example.com", "us-east-2"))
        self.refused("InvalidViewerCertificate", "attach a trusted certificate", lambda: create("a.b.example.com", "us-east-1"))
        self.refused("InvalidViewerCertificate", "attach a trusted certificate", lambda: create("www.example.com", None))
        create("www.example.com", "us-east-1")


class SubnetRules(RuleCase):
    def test_zones_which_moto_rejects_itself(self) -> None:
        """Finding A16."""
        ec2 = client("ec2", region="ap-northeast-1")
        vpc = ec2.create_vpc(CidrBlock="10.9.0.0/16")["Vpc"]["VpcId"]
        self.refused("InvalidParameterValue", "ap-northeast-1b", ec2.create_subnet,
                     VpcId=vpc, CidrBlock="10.9.0.0/24", AvailabilityZone="ap-northeast-1b")


if __name__ == "__main__":
    unittest.main()
