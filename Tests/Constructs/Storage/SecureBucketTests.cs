using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Storage;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Storage;

internal sealed class SecureBucketTests
{
    private static readonly DeploymentContext Context = SynthesizedStack.Context();

    private static SynthesizedStack Synthesize(SecureBucketProps props) =>
        SynthesizedStack.Of(stack => _ = new SecureBucket(stack, "files", props));

    [Test, Property("Row", "S5"), Property("Row", "T5")]
    public void Bucket_IsPrivate()
    {
        SynthesizedStack stack = Synthesize(new SecureBucketProps(Context, "acme-files"));

        JObject block = stack.Resource("aws_s3_bucket_public_access_block", "files_public_access");
        Assert.Multiple(() =>
        {
            foreach (string way in new[] { "block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets" })
                Assert.That((bool?)block[way], Is.True, way);
            Assert.That((string?)block["bucket"], Is.EqualTo("${aws_s3_bucket.files.id}"));
            Assert.That(
                (string?)stack.Resource("aws_s3_bucket_ownership_controls", "files_ownership")["rule"]!["object_ownership"],
                Is.EqualTo("BucketOwnerEnforced"));
        });
    }

    [Test, Property("Row", "S5"), Property("Row", "T5"), Property("Row", "H2")]
    public void Bucket_IsEncryptedAndVersioned()
    {
        SynthesizedStack stack = Synthesize(new SecureBucketProps(Context, "acme-files"));

        JToken rule = stack.Resource("aws_s3_bucket_server_side_encryption_configuration", "files_encryption")["rule"]!.Single();
        JObject versioning = stack.Resource("aws_s3_bucket_versioning", "files_versioning");
        Assert.Multiple(() =>
        {
            Assert.That((string?)rule["apply_server_side_encryption_by_default"]!["sse_algorithm"], Is.EqualTo("AES256"));
            Assert.That((string?)versioning["versioning_configuration"]!["status"], Is.EqualTo("Enabled"));
        });
    }

    [Test, Property("Row", "S5"), Property("Row", "H2")]
    public void Policy_DeniesPlainHttp()
    {
        SynthesizedStack stack = Synthesize(new SecureBucketProps(Context, "acme-files"));

        JObject policy = SynthesizedStack.Policy(stack.Resource("aws_s3_bucket_policy", "files_policy")["policy"]);
        var expected = JObject.Parse("""
            {
              "Sid": "TlsOnly", "Effect": "Deny", "Principal": "*", "Action": "s3:*",
              "Resource": ["arn:aws:s3:::acme-files", "arn:aws:s3:::acme-files/*"],
              "Condition": { "Bool": { "aws:SecureTransport": "false" } }
            }
            """);
        Assert.That(SynthesizedStack.Statement(policy, "TlsOnly"), Is.EqualTo(expected).Using(JToken.EqualityComparer));
    }

    [Test]
    public void Allow_AddsToTheOnePolicy()
    {
        SynthesizedStack stack = SynthesizedStack.Of(s =>
        {
            var bucket = new SecureBucket(s, "files", new SecureBucketProps(Context, "acme-files"));
            bucket.Allow(new Statement
            {
                Sid = "Reads",
                Principal = Principal.Service("cloudfront.amazonaws.com"),
                Actions = ["s3:GetObject"],
                Resources = [$"{bucket.Outputs.Arn}/*"],
            });
        });

        JObject policy = SynthesizedStack.Policy(stack.Single("aws_s3_bucket_policy")["policy"]);
        Assert.That(policy["Statement"]!.Select(statement => (string?)statement["Sid"]), Is.EqualTo(new[] { "TlsOnly", "Reads" }));
    }

    [Test, Property("Row", "S5"), Property("Row", "H2")]
    public void Lifecycle_RemovesNoncurrentVersionsAndIncompleteUploads()
    {
        JToken rule = Rule(new SecureBucketProps(Context, "acme-files") { NoncurrentDays = 60 });

        Assert.Multiple(() =>
        {
            Assert.That((int?)rule["abort_incomplete_multipart_upload"]!.Single()["days_after_initiation"], Is.EqualTo(7));
            Assert.That((int?)rule["noncurrent_version_expiration"]!.Single()["noncurrent_days"], Is.EqualTo(60));
            Assert.That((bool?)rule["expiration"]!.Single()["expired_object_delete_marker"], Is.True);
            Assert.That(rule["transition"], Is.Null);
        });
    }

    [Test, Property("Row", "H2")]
    public void Lifecycle_MovesAndExpires()
    {
        JToken rule = Rule(new SecureBucketProps(Context, "acme-files") { InfrequentAccessAfterDays = 30, ExpireAfterDays = 365 });

        Assert.Multiple(() =>
        {
            Assert.That((int?)rule["transition"]!.Single()["days"], Is.EqualTo(30));
            Assert.That((string?)rule["transition"]!.Single()["storage_class"], Is.EqualTo("STANDARD_IA"));
            Assert.That((int?)rule["expiration"]!.Single()["days"], Is.EqualTo(365));
            Assert.That(rule["expiration"]!.Single()["expired_object_delete_marker"], Is.Null, "S3 refuses both in one rule");
        });
    }

    [Test, Property("Row", "H2")]
    public void Lifecycle_Archives()
    {
        JToken rule = Rule(new SecureBucketProps(Context, "acme-files") { InfrequentAccessAfterDays = 30, ArchiveAfterDays = 90 });

        Assert.That(rule["transition"]!.Select(move => $"{move["storage_class"]} {move["days"]}"),
            Is.EqualTo(new[] { "STANDARD_IA 30", "GLACIER 90" }));
    }

    [Test]
    public void Lifecycle_ThatExpiresBeforeItMoves_IsRejected()
    {
        Assert.That(
            () => Synthesize(new SecureBucketProps(Context, "acme-files") { InfrequentAccessAfterDays = 90, ExpireAfterDays = 60 }),
            Throws.ArgumentException.With.Message.Contains("acme-files").And.Message.Contains("60 days").And.Message.Contains("90"));
    }

    [Test, Property("Row", "S5")]
    public void Bucket_IsKept_UnlessTheEnvironmentIsDisposable()
    {
        JObject kept = Synthesize(new SecureBucketProps(SynthesizedStack.Context(), "acme-files")).Resource("aws_s3_bucket", "files");
        JObject disposable = Synthesize(new SecureBucketProps(SynthesizedStack.Context(disposable: true), "acme-files"))
            .Resource("aws_s3_bucket", "files");

        Assert.Multiple(() =>
        {
            Assert.That((bool?)kept["lifecycle"]!["prevent_destroy"], Is.True);
            Assert.That((bool?)kept["force_destroy"], Is.False);
            Assert.That(disposable["lifecycle"]?["prevent_destroy"], Is.Null);
            Assert.That((bool?)disposable["force_destroy"], Is.True);
        });
    }

    private static JToken Rule(SecureBucketProps props) =>
        Synthesize(props).Resource("aws_s3_bucket_lifecycle_configuration", "files_lifecycle")["rule"]!.Single();
}
