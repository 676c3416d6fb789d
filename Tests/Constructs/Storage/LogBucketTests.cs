using Infra.Constructs.Storage;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Storage;

internal sealed class LogBucketTests
{
    private static SynthesizedStack Synthesize(params LogWriter[] writers) => SynthesizedStack.Of(stack =>
        _ = new LogBucket(stack, "logs", new LogBucketProps(SynthesizedStack.Context(), "logs", 90, writers)));

    private static JObject Policy(params LogWriter[] writers) =>
        SynthesizedStack.Policy(Synthesize(writers).Single("aws_s3_bucket_policy")["policy"]);

    [Test, Property("Row", "T9"), Property("Row", "D8"), Property("Row", "S2")]
    public void LoadBalancers_WriteOnlyBelowTheirAccountsFolder()
    {
        JObject statement = SynthesizedStack.Statement(Policy(LogWriter.LoadBalancers), "LoadBalancerAccessLogs");

        Assert.Multiple(() =>
        {
            Assert.That((string?)statement["Principal"]!["Service"], Is.EqualTo("logdelivery.elasticloadbalancing.amazonaws.com"));
            Assert.That((string?)statement["Action"], Is.EqualTo("s3:PutObject"));
            Assert.That((string?)statement["Resource"], Is.EqualTo("arn:aws:s3:::acme-logs-dev-111111111111/AWSLogs/111111111111/*"));
        });
    }

    [Test, Property("Row", "S5")]
    public void Buckets_WriteOnlyForThisAccount()
    {
        JObject statement = SynthesizedStack.Statement(Policy(LogWriter.Buckets), "S3AccessLogs");

        Assert.Multiple(() =>
        {
            Assert.That((string?)statement["Principal"]!["Service"], Is.EqualTo("logging.s3.amazonaws.com"));
            Assert.That((string?)statement["Resource"], Is.EqualTo("arn:aws:s3:::acme-logs-dev-111111111111/s3/*"));
            Assert.That((string?)statement["Condition"]!["StringEquals"]!["aws:SourceAccount"], Is.EqualTo("111111111111"));
        });
    }

    [Test, Property("Row", "S8")]
    public void CloudFront_WritesOnlyFromThisAccountsDeliveries()
    {
        JObject statement = SynthesizedStack.Statement(Policy(LogWriter.CloudFront), "AWSLogDeliveryWrite1");

        Assert.Multiple(() =>
        {
            Assert.That((string?)statement["Principal"]!["Service"], Is.EqualTo("delivery.logs.amazonaws.com"));
            Assert.That((string?)statement["Condition"]!["StringEquals"]!["aws:SourceAccount"], Is.EqualTo("111111111111"));
            Assert.That((string?)statement["Condition"]!["ArnLike"]!["aws:SourceArn"],
                Is.EqualTo("arn:aws:logs:us-east-1:111111111111:delivery-source:*"));
        });
    }

    [Test]
    public void Nobody_WritesUnlessNamed()
    {
        Assert.That(
            Policy(LogWriter.Buckets)["Statement"]!.Select(s => (string?)s["Sid"]), Is.EqualTo(new[] { "TlsOnly", "S3AccessLogs" }));
    }

    [Test, Property("Row", "S5")]
    public void Logs_ExpireAndAreNotLoggedThemselves()
    {
        SynthesizedStack stack = Synthesize(LogWriter.Buckets);

        Assert.Multiple(() =>
        {
            Assert.That(
                (int?)stack.Single("aws_s3_bucket_lifecycle_configuration")["rule"]![0]!["expiration"]![0]!["days"], Is.EqualTo(90));
            Assert.That(stack.Ids("aws_s3_bucket_versioning"), Is.Empty);
            Assert.That(stack.Ids("aws_s3_bucket_logging"), Is.Empty);
        });
    }
}
