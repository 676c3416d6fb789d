using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

/// <summary>System D works without a domain, and with one whose DNS lives elsewhere.</summary>
internal sealed class WithoutDomainTests
{
    private static readonly Lazy<SynthesizedDeployment> None = Variants.WithoutDomain;

    private static readonly Lazy<SynthesizedDeployment> Elsewhere = Variants.DnsElsewhere;

    [Test, Property("Row", "D5")]
    public void WithoutADomain_ThereIsNoZoneCertificateOrRecord()
    {
        Assert.Multiple(() =>
        {
            foreach (SynthesizedStack stack in new[] { None.Value.Base, None.Value.Runtime })
                Assert.That(
                    stack.Addresses()
                        .Where(address => address.StartsWith("aws_route53", StringComparison.Ordinal)
                            || address.StartsWith("aws_acm", StringComparison.Ordinal)),
                    Is.Empty);
        });
    }

    [Test, Property("Row", "D5"), Property("Row", "S2")]
    public void WithoutADomain_ServicesAreServedOverHttp_ByTheirPaths()
    {
        SynthesizedStack runtime = None.Value.Runtime;
        string? Paths(string service) => string.Join(
            ' ', runtime.Resource("aws_lb_listener_rule", service)["condition"]!.Single()["path_pattern"]!["values"]!.Values<string>());
        int Priority(string service) => (int)runtime.Resource("aws_lb_listener_rule", service)["priority"]!;

        Assert.Multiple(() =>
        {
            Assert.That((int?)runtime.Single("aws_lb_listener")["port"], Is.EqualTo(80));
            Assert.That(Paths("backend"), Is.EqualTo("/api/* /health"));
            Assert.That(Paths("frontend"), Is.EqualTo("/*"));
            Assert.That(Priority("backend"), Is.LessThan(Priority("frontend")), "what takes every path is asked last");
            Assert.That(runtime.Json["output"]!["load_balancer_dns_name"], Is.Not.Null, "where people find it");
        });
    }

    [Test, Property("Row", "D5")]
    public void WithoutADomain_OnlyHttpIsOpen() =>
        Assert.That(
            None.Value.Base.Ids("aws_vpc_security_group_ingress_rule").Where(id => id.StartsWith("alb-", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "alb-80-0-0-0-0-0" }));

    [Test, Property("Row", "T6")]
    public void DnsElsewhere_TellsTheRecordToEnter_AndMakesNone()
    {
        SynthesizedStack @base = Elsewhere.Value.Base;
        JToken? validation = @base.Json["output"]!["certificate_validation"]?["value"];

        Assert.Multiple(() =>
        {
            Assert.That((string?)validation?["name"], Does.Contain("aws_acm_certificate.certificate.domain_validation_options"));
            Assert.That((string?)validation?["type"], Does.Contain("resource_record_type"));
            Assert.That((string?)validation?["value"], Does.Contain("resource_record_value"));
            Assert.That(@base.Ids("aws_route53_record").Concat(Elsewhere.Value.Runtime.Ids("aws_route53_record")), Is.Empty);
            Assert.That(@base.Json["output"]!["zone_id"], Is.Null);
        });
    }

    [Test, Property("Row", "T6")]
    public void CloudFrontsCertificate_IsInUsEast1_WhateverTheRegion()
    {
        SynthesizedStack @base = Elsewhere.Value.Base;

        Assert.Multiple(() =>
        {
            Assert.That(
                @base.Json["provider"]!["aws"]!.Single(provider => (string?)provider["alias"] == "global")["region"]!.Value<string>(),
                Is.EqualTo("us-east-1"));
            Assert.That(
                (string?)@base.Resource("aws_cloudfront_distribution", "site-spa")["viewer_certificate"]!["acm_certificate_arn"],
                Is.EqualTo("${aws_acm_certificate_validation.certificate-global.certificate_arn}"));
        });
    }

    [Test, Property("Row", "D5"), Property("Row", "S2")]
    public void DnsElsewhere_HttpsIsServedAllTheSame()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Elsewhere.Value.Runtime.Ids("aws_lb_listener"), Is.EqualTo(new[] { "https", "redirect" }));
            Assert.That(
                (string?)Elsewhere.Value.Base.Json["output"]!["certificate_arn"]!["value"],
                Is.EqualTo("${aws_acm_certificate_validation.certificate.certificate_arn}"), "the load balancer's is in its own region");
        });
    }
}
