using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.Provider;
using Infra.Configuration.Model;
using Infra.Constructs.Dns;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Dns;

internal sealed class DomainBaseResourcesTests
{
    /// <summary>The stack, and the attributes that other constructs use.</summary>
    private static (SynthesizedStack Stack, JToken Outputs) Synthesize(ZoneSource zone, bool elsewhere = true)
    {
        SynthesizedStack stack = SynthesizedStack.Of(s =>
        {
            AwsProvider? global = elsewhere
                ? new AwsProvider(s, "global", new AwsProviderConfig { Region = "us-east-1", Alias = "global" })
                : null;
            var domain = new DomainBaseResources(s, "domain", new DomainBaseResourcesProps(
                SynthesizedStack.Context(), new DomainConfig { Name = "example.com", Zone = zone }, global));
            domain.Alias("site-app", "app.example.com", "d1.cloudfront.net", "Z2FDTNDATAQYW2");
            AddOutput("certificate", domain.CertificateArn);
            AddOutput("global", domain.GlobalCertificateArn);
            AddOutput("zone", domain.ZoneId);
            AddOutput("record", domain.Validation?.Name);
            void AddOutput(string name, string? value) =>
                _ = new TerraformOutput(s, $"output-{name}", new TerraformOutputConfig { Value = value ?? "none" });
        });
        return (stack, stack.Json["output"]!);
    }

    private static string? Value(JToken outputs, string name) => (string?)outputs[$"output-{name}"]!["value"];

    [Test, Property("Row", "D5"), Property("Row", "T6")]
    public void Create_MakesAZone_WithItsCertificateAndAliases()
    {
        (SynthesizedStack stack, JToken outputs) = Synthesize(ZoneSource.Create);
        JObject alias = stack.Resource("aws_route53_record", "site-app");

        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Single("aws_route53_zone")["name"], Is.EqualTo("example.com"));
            Assert.That((bool?)stack.Single("aws_route53_zone")["lifecycle"]!["prevent_destroy"], Is.True);
            Assert.That((bool?)stack.Single("aws_route53_zone")["force_destroy"], Is.False);
            Assert.That(stack.Ids("aws_route53_record"), Is.EqualTo(new[] { "certificate-validation", "site-app", "site-app_ipv6" }));
            Assert.That((string?)alias["zone_id"], Is.EqualTo("${aws_route53_zone.zone.zone_id}"));
            Assert.That((string?)alias["alias"]!["name"], Is.EqualTo("d1.cloudfront.net"));
            Assert.That((bool?)alias["alias"]!["evaluate_target_health"], Is.False, "CloudFront refuses it");
            Assert.That((string?)stack.Resource("aws_route53_record", "site-app_ipv6")["type"], Is.EqualTo("AAAA"));
            Assert.That(Value(outputs, "zone"), Is.EqualTo("${aws_route53_zone.zone.zone_id}"));
            Assert.That(Value(outputs, "record"), Is.EqualTo("none"));
        });
    }

    [Test, Property("Row", "D5")]
    public void Existing_FindsTheZone()
    {
        (SynthesizedStack stack, JToken outputs) = Synthesize(ZoneSource.Existing);
        JObject zone = stack.Data("aws_route53_zone", "zone");

        Assert.Multiple(() =>
        {
            Assert.That(stack.Ids("aws_route53_zone"), Is.Empty);
            Assert.That((string?)zone["name"], Is.EqualTo("example.com"));
            Assert.That((bool?)zone["private_zone"], Is.False);
            Assert.That(Value(outputs, "zone"), Is.EqualTo("${data.aws_route53_zone.zone.zone_id}"));
            Assert.That(stack.Ids("aws_route53_record"), Is.EqualTo(new[] { "certificate-validation", "site-app", "site-app_ipv6" }));
        });
    }

    [Test, Property("Row", "T6"), Property("Row", "D5")]
    public void None_CreatesNoRecord_AndReturnsTheRecordToCreate()
    {
        (SynthesizedStack stack, JToken outputs) = Synthesize(ZoneSource.None);

        Assert.Multiple(() =>
        {
            Assert.That(stack.Addresses().Where(address => address.StartsWith("aws_route53", StringComparison.Ordinal)), Is.Empty);
            Assert.That(stack.DataAddresses(), Is.Empty);
            Assert.That(Value(outputs, "zone"), Is.EqualTo("none"));
            Assert.That(Value(outputs, "record"), Does.Contain("aws_acm_certificate.certificate.domain_validation_options"));
        });
    }

    [Test, Property("Row", "T6")]
    public void CloudFrontsCertificate_IsInUsEast1()
    {
        (SynthesizedStack stack, JToken outputs) = Synthesize(ZoneSource.Create);

        Assert.Multiple(() =>
        {
            Assert.That(stack.Ids("aws_acm_certificate"), Is.EqualTo(new[] { "certificate", "certificate-global" }));
            Assert.That((string?)stack.Resource("aws_acm_certificate", "certificate-global")["provider"], Is.EqualTo("aws.global"));
            Assert.That(stack.Resource("aws_acm_certificate", "certificate")["provider"], Is.Null);
            Assert.That(Value(outputs, "certificate"), Is.EqualTo("${aws_acm_certificate_validation.certificate.certificate_arn}"));
            Assert.That(Value(outputs, "global"), Is.EqualTo("${aws_acm_certificate_validation.certificate-global.certificate_arn}"));
        });
    }

    [Test, Property("Row", "T6")]
    public void InUsEast1_OneCertificateServesBoth()
    {
        (SynthesizedStack stack, JToken outputs) = Synthesize(ZoneSource.Create, elsewhere: false);

        Assert.Multiple(() =>
        {
            Assert.That(stack.Ids("aws_acm_certificate"), Is.EqualTo(new[] { "certificate" }));
            Assert.That(Value(outputs, "global"), Is.EqualTo(Value(outputs, "certificate")));
        });
    }
}
