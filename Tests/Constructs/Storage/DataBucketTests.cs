using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Storage;
using Infra.Naming;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Storage;

internal sealed class DataBucketTests
{
    private static SynthesizedStack Synthesize(DeploymentContext context, string purpose, BucketConfig config) =>
        SynthesizedStack.Of(stack =>
    {
        var logs = new LogBucket(stack, "logs", new LogBucketProps(context, "logs", 90, LogWriter.Buckets));
        _ = new DataBucket(stack, "data", new DataBucketProps(context, purpose, config, logs));
    });

    [Test, Property("Row", "T5")]
    public void Name_FollowsThePatternOfTheEnvironment()
    {
        var names = new Names("tap", "poc", "111111111111", new NamePatterns(Bucket: "{project}-{purpose}-{account}"));
        var context = new DeploymentContext(names, "us-east-1", Production: false, Disposable: false);

        JObject bucket = Synthesize(context, "files", new BucketConfig()).Resource("aws_s3_bucket", "data");

        Assert.That((string?)bucket["bucket"], Is.EqualTo("tap-files-111111111111"));
    }

    [Test, Property("Row", "H2")]
    public void Name_CarriesPurposeAndEnvironment()
    {
        var names = new Names("hoopstat-haus", "prod", "111111111111", new NamePatterns(Bucket: "{project}-{purpose}-{env}"));
        var context = new DeploymentContext(names, "us-east-1", Production: true, Disposable: false);

        JObject bucket = Synthesize(context, "raw-data", new BucketConfig()).Resource("aws_s3_bucket", "data");

        Assert.That((string?)bucket["bucket"], Is.EqualTo("hoopstat-haus-raw-data-prod"));
    }

    [Test, Property("Row", "S5")]
    public void AccessLogs_GoToTheBucketOfLogs()
    {
        JObject logging = Synthesize(SynthesizedStack.Context(), "files", new BucketConfig()).Single("aws_s3_bucket_logging");

        Assert.Multiple(() =>
        {
            Assert.That((string?)logging["bucket"], Is.EqualTo("${aws_s3_bucket.data.id}"));
            Assert.That((string?)logging["target_bucket"], Is.EqualTo("${aws_s3_bucket.logs.id}"));
            Assert.That((string?)logging["target_prefix"], Is.EqualTo("s3/acme-files-dev-111111111111/"));
        });
    }

    [Test, Property("Row", "T5")]
    public void Origins_MayUsePresignedUrls()
    {
        var config = new BucketConfig { CorsOrigins = ["https://app.example.com"] };

        JToken rule = Synthesize(SynthesizedStack.Context(), "files", config)
            .Resource("aws_s3_bucket_cors_configuration", "data_cors")["cors_rule"]!.Single();

        Assert.Multiple(() =>
        {
            Assert.That(rule["allowed_origins"]!.Values<string>(), Is.EqualTo(new[] { "https://app.example.com" }));
            Assert.That(rule["allowed_methods"]!.Values<string>(), Is.EqualTo(new[] { "GET", "HEAD", "PUT", "POST" }));
        });
    }

    [Test]
    public void WithoutOrigins_NoOtherPageMayUseIt()
    {
        Assert.That(Synthesize(SynthesizedStack.Context(), "files", new BucketConfig()).Ids("aws_s3_bucket_cors_configuration"), Is.Empty);
    }
}
