using Infra.Configuration.Model;
using Infra.Constructs.LoadBalancing;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.LoadBalancing;

internal sealed class PublicLoadBalancerTests
{
    private const string Certificate = "arn:aws:acm:us-east-2:111111111111:certificate/abc";

    private static SynthesizedStack Synthesize(string? certificate = Certificate, bool protection = true, HstsConfig? hsts = null) =>
        SynthesizedStack.Of(stack => _ =
        new PublicLoadBalancer(stack, "alb", new PublicLoadBalancerProps
        {
            Context = SynthesizedStack.Context(),
            PublicSubnetIds = ["public-1", "public-2"],
            SecurityGroupId = "sg-alb",
            AccessLogBucket = "acme-alb-logs",
            CertificateArn = certificate,
            TlsPolicy = "ELBSecurityPolicy-TLS13-1-2-2021-06",
            DeletionProtection = protection,
            Hsts = hsts ?? new HstsConfig(),
        }));

    [Test, Property("Row", "S2")]
    public void Requests_AreParsedStrictly()
    {
        JObject balancer = Synthesize().Single("aws_lb");

        Assert.Multiple(() =>
        {
            Assert.That((bool?)balancer["drop_invalid_header_fields"], Is.True);
            Assert.That((string?)balancer["desync_mitigation_mode"], Is.EqualTo("strictest"));
        });
    }

    [Test, Property("Row", "D5")]
    public void LoadBalancer_IsInThePublicSubnets()
    {
        JObject balancer = Synthesize().Single("aws_lb");

        Assert.Multiple(() =>
        {
            Assert.That((string?)balancer["load_balancer_type"], Is.EqualTo("application"));
            Assert.That((bool?)balancer["internal"], Is.False);
            Assert.That(balancer["subnets"]!.Values<string>(), Is.EqualTo(new[] { "public-1", "public-2" }));
            Assert.That(balancer["security_groups"]!.Values<string>(), Is.EqualTo(new[] { "sg-alb" }));
        });
    }

    [Test, Property("Row", "T9"), Property("Row", "S2"), Property("Row", "D8")]
    public void AccessLogs_GoToTheAllowedFolderOfTheirBucket()
    {
        JToken logs = Synthesize().Single("aws_lb")["access_logs"]!;

        Assert.Multiple(() =>
        {
            Assert.That((string?)logs["bucket"], Is.EqualTo("acme-alb-logs"));
            Assert.That((bool?)logs["enabled"], Is.True);
            Assert.That(logs["prefix"], Is.Null, "the bucket lets load balancers write to AWSLogs/{account} alone");
        });
    }

    [TestCase(true), TestCase(false)]
    [Property("Row", "S2")]
    public void DeletionProtection_IsTheConfiguredOne(bool protection) =>
        Assert.That((bool?)Synthesize(protection: protection).Single("aws_lb")["enable_deletion_protection"], Is.EqualTo(protection));

    [Test, Property("Row", "D5"), Property("Row", "S2")]
    public void Https_IsServedWithAModernPolicy()
    {
        JObject listener = Synthesize().Resource("aws_lb_listener", "https");

        Assert.Multiple(() =>
        {
            Assert.That((int?)listener["port"], Is.EqualTo(443));
            Assert.That((string?)listener["protocol"], Is.EqualTo("HTTPS"));
            Assert.That((string?)listener["certificate_arn"], Is.EqualTo(Certificate));
            Assert.That((string?)listener["ssl_policy"], Is.EqualTo("ELBSecurityPolicy-TLS13-1-2-2021-06"));
            Assert.That(
                (string?)listener["routing_http_response_strict_transport_security_header_value"], Does.StartWith("max-age=31536000"));
            Assert.That((bool?)listener["routing_http_response_server_enabled"], Is.False);
        });
    }

    [Test, Property("Finding", "A19")]
    public void Hsts_IsForThisHostOnly_ByDefault() =>
        Assert.That(
            (string?)Synthesize().Resource("aws_lb_listener", "https")["routing_http_response_strict_transport_security_header_value"],
            Is.EqualTo("max-age=31536000"));

    [Test, Property("Finding", "A19")]
    public void Hsts_HasTheConfiguredDirectives() =>
        Assert.That(
            (string?)Synthesize(hsts: new HstsConfig { MaxAgeSeconds = 63072000, IncludeSubdomains = true, Preload = true })
                .Resource("aws_lb_listener", "https")["routing_http_response_strict_transport_security_header_value"],
            Is.EqualTo("max-age=63072000; includeSubDomains; preload"));

    [Test, Property("Row", "D5"), Property("Row", "S2")]
    public void Http_OnlyRedirects()
    {
        JObject listener = Synthesize().Resource("aws_lb_listener", "redirect");
        JToken action = listener["default_action"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((int?)listener["port"], Is.EqualTo(80));
            Assert.That((string?)listener["protocol"], Is.EqualTo("HTTP"));
            Assert.That((string?)action["type"], Is.EqualTo("redirect"));
            Assert.That((string?)action["redirect"]!["protocol"], Is.EqualTo("HTTPS"));
            Assert.That((string?)action["redirect"]!["port"], Is.EqualTo("443"));
            Assert.That((string?)action["redirect"]!["status_code"], Is.EqualTo("HTTP_301"));
        });
    }

    [Test, Property("Row", "D5"), Property("Row", "S2")]
    public void WithoutACertificate_HttpServes()
    {
        JObject listener = Synthesize(certificate: null).Single("aws_lb_listener");

        Assert.Multiple(() =>
        {
            Assert.That((int?)listener["port"], Is.EqualTo(80));
            Assert.That((string?)listener["protocol"], Is.EqualTo("HTTP"));
            Assert.That(listener["ssl_policy"], Is.Null);
            Assert.That((string?)listener["default_action"]!.Single()["fixed_response"]!["status_code"], Is.EqualTo("404"));
        });
    }

    [Test]
    public void UnmatchedRequests_AreNotFound()
    {
        JToken action = Synthesize().Resource("aws_lb_listener", "https")["default_action"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That((string?)action["type"], Is.EqualTo("fixed-response"));
            Assert.That((string?)action["fixed_response"]!["status_code"], Is.EqualTo("404"));
        });
    }
}
