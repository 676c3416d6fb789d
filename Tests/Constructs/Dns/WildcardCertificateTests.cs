using HashiCorp.Cdktf.Providers.Aws.Provider;
using Infra.Constructs.Dns;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Dns;

internal sealed class WildcardCertificateTests
{
    private static SynthesizedStack Synthesize(string? zone, bool disposable = false, bool global = false) => SynthesizedStack.Of(stack =>
    {
        AwsProvider? provider = global
            ? new AwsProvider(stack, "global", new AwsProviderConfig { Region = "us-east-1", Alias = "global" })
            : null;
        _ = new WildcardCertificate(stack, "certificate", new WildcardCertificateProps(
            SynthesizedStack.Context(disposable: disposable), "example.com", zone, provider));
    });

    [Test, Property("Row", "T6"), Property("Row", "D5")]
    public void Certificate_IsForTheDomainAndEveryHostInIt()
    {
        JObject certificate = Synthesize("Z1").Single("aws_acm_certificate");

        Assert.Multiple(() =>
        {
            Assert.That((string?)certificate["domain_name"], Is.EqualTo("example.com"));
            Assert.That(certificate["subject_alternative_names"]!.Values<string>(), Is.EqualTo(new[] { "*.example.com" }));
            Assert.That((string?)certificate["validation_method"], Is.EqualTo("DNS"));
        });
    }

    [Test, Property("Row", "T6"), Property("Row", "D5")]
    public void WithAZone_TheValidationRecordIsCreated_AndWaitedFor()
    {
        SynthesizedStack stack = Synthesize("Z1");
        JObject record = stack.Single("aws_route53_record");

        Assert.Multiple(() =>
        {
            Assert.That((string?)record["zone_id"], Is.EqualTo("Z1"));
            Assert.That((string?)record["name"],
                Does.Contain("aws_acm_certificate.certificate.domain_validation_options").And.Contain("resource_record_name"));
            Assert.That((string?)record["records"]!.Single(), Does.Contain("resource_record_value"));
            Assert.That(
                stack.Single("aws_acm_certificate_validation")["validation_record_fqdns"]!.Values<string>(),
                Is.EqualTo(new[] { "${aws_route53_record.certificate-validation.fqdn}" }));
        });
    }

    [Test, Property("Row", "T6")]
    public void WithoutAZone_TheOperatorCreatesTheRecord()
    {
        SynthesizedStack stack = Synthesize(zone: null);

        Assert.Multiple(() =>
        {
            Assert.That(stack.Ids("aws_route53_record"), Is.Empty);
            Assert.That(stack.Single("aws_acm_certificate_validation")["validation_record_fqdns"], Is.Null);
            Assert.That((string?)stack.Single("aws_acm_certificate_validation")["certificate_arn"],
                Is.EqualTo("${aws_acm_certificate.certificate.arn}"));
        });
    }

    [Test, Property("Row", "T6")]
    public void WithAProvider_CertificateAndValidationAreInItsRegion()
    {
        SynthesizedStack stack = Synthesize(zone: null, global: true);

        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Single("aws_acm_certificate")["provider"], Is.EqualTo("aws.global"));
            Assert.That((string?)stack.Single("aws_acm_certificate_validation")["provider"], Is.EqualTo("aws.global"));
        });
    }

    [TestCase("Z1"), TestCase(null)]
    [Property("Finding", "A20")]
    public void Validation_IsWaitedFor75Minutes(string? zone) =>
        Assert.That((string?)Synthesize(zone).Single("aws_acm_certificate_validation")["timeouts"]!["create"], Is.EqualTo("75m"));

    [Test, Property("Row", "D6")]
    public void Certificate_IsKept_AndReplacedOnlyOnceTheNewOneIsThere()
    {
        JToken kept = Synthesize("Z1").Single("aws_acm_certificate")["lifecycle"]!;
        JToken disposable = Synthesize("Z1", disposable: true).Single("aws_acm_certificate")["lifecycle"]!;

        Assert.Multiple(() =>
        {
            Assert.That((bool?)kept["create_before_destroy"], Is.True);
            Assert.That((bool?)kept["prevent_destroy"], Is.True);
            Assert.That((bool?)disposable["create_before_destroy"], Is.True);
            Assert.That(disposable["prevent_destroy"], Is.Null);
        });
    }
}
