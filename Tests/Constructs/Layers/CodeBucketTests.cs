using Infra.Constructs.Layers;
using Infra.Constructs.Storage;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Layers;

[Property("Finding", "A21")]
internal sealed class CodeBucketTests
{
    private static SynthesizedStack Synthesize(bool existing, bool disposable = false) => SynthesizedStack.Of(stack =>
    {
        var logs =
            new LogBucket(stack, "access-logs",
                new LogBucketProps(SynthesizedStack.Context(disposable: disposable), "access-logs", 90, LogWriter.Buckets));
        _ = new CodeBucket(stack, "code", new CodeBucketProps(SynthesizedStack.Context(disposable: disposable), existing, logs));
    });

    [TestCase(false), TestCase(true)]
    public void Existing_IsUsedAsItIs(bool disposable)
    {
        SynthesizedStack stack = Synthesize(existing: true, disposable);

        Assert.Multiple(() =>
        {
            Assert.That((string?)stack.Data("aws_s3_bucket", "code")["bucket"], Is.EqualTo("acme-code-deployment-dev-111111111111"));
            Assert.That(stack.Addresses().Where(address => address.Contains(".code", StringComparison.Ordinal)), Is.Empty,
                "neither made nor changed nor destroyed");
        });
    }

    [Test]
    public void Made_ExpiresArtifactsOfLayers_AndNothingElse()
    {
        JObject[] rules =
            [.. Synthesize(existing: false).Resource("aws_s3_bucket_lifecycle_configuration", "code_lifecycle")["rule"]!.Cast<JObject>()];
        JObject[] expiring = [.. rules.Where(rule => rule.SelectToken("expiration[0].days") is not null)];

        Assert.Multiple(() =>
        {
            Assert.That(expiring.Select(rule => (string?)rule.SelectToken("filter[0].prefix")), Is.EqualTo(new[] { "layers/" }));
            Assert.That(expiring.Select(rule => (int?)rule.SelectToken("expiration[0].days")), Is.EqualTo(new[] { 365 }));
            Assert.That(rules.Select(rule => (string?)rule["id"]), Is.EqualTo(new[] { "keep-tidy", "expire" }));
        });
    }
}
