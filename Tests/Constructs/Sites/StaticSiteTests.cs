using HashiCorp.Cdktf.Providers.Aws.Provider;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Sites;
using Infra.Constructs.Storage;
using Infra.Naming;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Sites;

internal sealed class StaticSiteTests
{
    private const string Certificate = "arn:aws:acm:us-east-1:111111111111:certificate/abc";

    private static readonly DeploymentContext Context = new(
        new Names("tap", "poc", "111111111111", new NamePatterns(Bucket: "{project}-{purpose}-{account}")), "us-east-2", Production: false,
        Disposable: false);

    private static SynthesizedStack Synthesize(
        string? host = "app.example.com", string? certificate = Certificate, HstsConfig? hsts = null) => SynthesizedStack.Of(stack =>
    {
        var logs = new LogBucket(stack, "logs", new LogBucketProps(Context, "logs", 90, LogWriter.Buckets, LogWriter.CloudFront));
        var usEast1 = new AwsProvider(stack, "global", new AwsProviderConfig { Region = "us-east-1", Alias = "global" });
        _ = new StaticSite(stack, "spa", new StaticSiteProps(Context, "spa", new SiteConfig(), logs)
        {
            Aliases = host is null ? [] : [host],
            CertificateArn = certificate,
            UsEast1 = usEast1,
            Hsts = hsts ?? new HstsConfig(),
        });
    });

    private static JObject Distribution(string? host = "app.example.com", string? certificate = Certificate) =>
        Synthesize(host, certificate).Resource("aws_cloudfront_distribution", "spa");

    [TestCase(31536000, false, false), TestCase(63072000, true, true)]
    [Property("Finding", "A19")]
    public void Hsts_IsTheSameAsOnTheLoadBalancer(int seconds, bool subdomains, bool preload)
    {
        JToken header = Synthesize(hsts: new HstsConfig { MaxAgeSeconds = seconds, IncludeSubdomains = subdomains, Preload = preload })
            .Resource("aws_cloudfront_response_headers_policy", "spa_headers")["security_headers_config"]!["strict_transport_security"]!;

        Assert.Multiple(() =>
        {
            Assert.That((int?)header["access_control_max_age_sec"], Is.EqualTo(seconds));
            Assert.That((bool?)header["include_subdomains"], Is.EqualTo(subdomains));
            Assert.That((bool?)header["preload"], Is.EqualTo(preload));
        });
    }

    [Test, Property("Row", "T5"), Property("Row", "S5")]
    public void Bucket_IsVersionedAndItsAccessLogged()
    {
        SynthesizedStack stack = Synthesize();

        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Resource("aws_s3_bucket", "spa_bucket")["bucket"], Is.EqualTo("tap-spa-111111111111"));
            Assert.That(
                (string?)stack.Resource("aws_s3_bucket_versioning", "spa_bucket_versioning")["versioning_configuration"]!["status"],
                Is.EqualTo("Enabled"));
            Assert.That(
                (string?)stack.Resource("aws_s3_bucket_logging", "spa_bucket_logging")["target_bucket"],
                Is.EqualTo("${aws_s3_bucket.logs.id}"));
        });
    }

    [Test, Property("Row", "T5"), Property("Row", "S8")]
    public void Bucket_IsReadOnlyByThisDistribution()
    {
        SynthesizedStack stack = Synthesize();
        JObject policy = SynthesizedStack.Policy(stack.Resource("aws_s3_bucket_policy", "spa_bucket_policy")["policy"]);
        var expected = JObject.Parse("""
            {
              "Sid": "CloudFrontReads", "Effect": "Allow", "Principal": { "Service": "cloudfront.amazonaws.com" },
              "Action": "s3:GetObject", "Resource": "arn:aws:s3:::tap-spa-111111111111/*",
              "Condition": { "StringEquals": { "AWS:SourceArn": "${aws_cloudfront_distribution.spa.arn}" } }
            }
            """);

        Assert.Multiple(() =>
        {
            Assert.That(policy["Statement"]!.Select(s => (string?)s["Effect"]), Is.EqualTo(new[] { "Deny", "Allow" }));
            Assert.That(SynthesizedStack.Statement(policy, "CloudFrontReads"), Is.EqualTo(expected).Using(JToken.EqualityComparer));
        });
    }

    [Test, Property("Row", "T5"), Property("Row", "S8")]
    public void Origin_IsReadWithSignedRequests()
    {
        SynthesizedStack stack = Synthesize();
        JObject access = stack.Resource("aws_cloudfront_origin_access_control", "spa_access");

        Assert.Multiple(() =>
        {
            Assert.That((string?)access["signing_behavior"], Is.EqualTo("always"));
            Assert.That((string?)access["signing_protocol"], Is.EqualTo("sigv4"));
            Assert.That(
                (string?)stack.Resource("aws_cloudfront_distribution", "spa")["origin"]!.Single()["origin_access_control_id"],
                Is.EqualTo("${aws_cloudfront_origin_access_control.spa_access.id}"));
        });
    }

    [Test, Property("Row", "T6")]
    public void Paths_OfTheApplication_AreAnsweredWithItsIndex()
    {
        JObject distribution = Distribution();

        Assert.Multiple(() =>
        {
            Assert.That((string?)distribution["default_root_object"], Is.EqualTo("index.html"));
            Assert.That(
                distribution["custom_error_response"]!.Select(e => $"{e["error_code"]} {e["response_code"]} {e["response_page_path"]}"),
                Is.EqualTo(new[] { "403 200 /index.html", "404 200 /index.html" }));
        });
    }

    [Test, Property("Row", "T6")]
    public void Distribution_CachesAsAwsRecommends()
    {
        JObject distribution = Distribution();

        Assert.Multiple(() =>
        {
            Assert.That(
                (string?)distribution["default_cache_behavior"]!["cache_policy_id"], Is.EqualTo("658327ea-f89d-4fab-a63d-7e88639e58f6"));
            Assert.That((bool?)distribution["default_cache_behavior"]!["compress"], Is.True);
            Assert.That((string?)distribution["price_class"], Is.EqualTo("PriceClass_100"));
            Assert.That(distribution["aliases"]!.Values<string>(), Is.EqualTo(new[] { "app.example.com" }));
        });
    }

    [Test, Property("Row", "S8"), Property("Row", "T6")]
    public void Viewers_UseModernTls()
    {
        JObject distribution = Distribution();

        Assert.Multiple(() =>
        {
            Assert.That((string?)distribution["viewer_certificate"]!["minimum_protocol_version"], Is.EqualTo("TLSv1.2_2021"));
            Assert.That((string?)distribution["viewer_certificate"]!["acm_certificate_arn"], Is.EqualTo(Certificate));
            Assert.That((string?)distribution["viewer_certificate"]!["ssl_support_method"], Is.EqualTo("sni-only"));
            Assert.That((string?)distribution["default_cache_behavior"]!["viewer_protocol_policy"], Is.EqualTo("redirect-to-https"));
            Assert.That((string?)distribution["http_version"], Is.EqualTo("http2and3"));
            Assert.That((bool?)distribution["is_ipv6_enabled"], Is.True);
        });
    }

    [Test, Property("Row", "S8")]
    public void Answers_CarrySecurityHeaders()
    {
        SynthesizedStack stack = Synthesize();
        JToken headers = stack.Resource("aws_cloudfront_response_headers_policy", "spa_headers")["security_headers_config"]!;

        Assert.Multiple(() =>
        {
            Assert.That((int?)headers["strict_transport_security"]!["access_control_max_age_sec"], Is.GreaterThanOrEqualTo(31536000));
            Assert.That((bool?)headers["content_type_options"]!["override"], Is.True);
            Assert.That((string?)headers["frame_options"]!["frame_option"], Is.EqualTo("DENY"));
            Assert.That((string?)headers["referrer_policy"]!["referrer_policy"], Is.EqualTo("strict-origin-when-cross-origin"));
            Assert.That((string?)headers["content_security_policy"]!["content_security_policy"],
                Is.EqualTo(new SiteConfig().ContentSecurityPolicy));
            Assert.That(
                (string?)stack.Resource("aws_cloudfront_distribution", "spa")["default_cache_behavior"]!["response_headers_policy_id"],
                Is.EqualTo("${aws_cloudfront_response_headers_policy.spa_headers.id}"));
        });
    }

    [Test, Property("Row", "S8")]
    public void Logs_AreDeliveredFromUsEast1()
    {
        SynthesizedStack stack = Synthesize();
        JObject source = stack.Resource("aws_cloudwatch_log_delivery_source", "spa_logs");
        JObject destination = stack.Resource("aws_cloudwatch_log_delivery_destination", "spa_logs");
        JObject delivery = stack.Resource("aws_cloudwatch_log_delivery", "spa_logs");

        Assert.Multiple(() =>
        {
            Assert.That((string?)source["resource_arn"], Is.EqualTo("${aws_cloudfront_distribution.spa.arn}"));
            Assert.That((string?)source["log_type"], Is.EqualTo("ACCESS_LOGS"));
            Assert.That(
                (string?)destination["delivery_destination_configuration"]!.Single()["destination_resource_arn"],
                Is.EqualTo("${aws_s3_bucket.logs.arn}"));
            Assert.That(
                (string?)delivery["delivery_destination_arn"], Is.EqualTo("${aws_cloudwatch_log_delivery_destination.spa_logs.arn}"));
            foreach (JObject resource in new[] { source, destination, delivery })
                Assert.That((string?)resource["provider"], Is.EqualTo("aws.global"));
        });
    }

    [Test]
    public void WithoutADomain_CloudFrontsOwnCertificateServes()
    {
        JObject distribution = Distribution(host: null, certificate: null);

        Assert.Multiple(() =>
        {
            Assert.That((bool?)distribution["viewer_certificate"]!["cloudfront_default_certificate"], Is.True);
            Assert.That(distribution["aliases"], Is.Null);
        });
    }

    [Test]
    public void Host_WithoutACertificate_IsRejected()
    {
        Assert.That(
            () => Distribution(certificate: null),
            Throws.ArgumentException.With.Message.Contains("app.example.com").And.Message.Contains("us-east-1"));
    }
}
