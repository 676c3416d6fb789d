using Amazon.S3;
using Amazon.S3.Model;
using Infra.Operations.Aws;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>
/// A bucket with other teams' objects and layers with earlier versions exist before the environment: they are used and not changed.
/// </summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class AdoptedLayersTests
{
    private const string Account = "111111111111";
    private const string Region = "us-east-2";
    private const string Bucket = "111111111111-code-deployment";
    private const string Layer = "dev-da-flask-layer";
    private const string Foreign = "other-team/service.zip";
    private const string Environment = "examples/python-frameworks/dev.json";

    [Test, Property("Row", "P-L2")]
    public async Task BucketAndLayersThatExist_AreUsed_AndNotChanged()
    {
        using var sandbox = new Sandbox();
        AwsAccess admin = sandbox.Access(Account, Region);
        using AmazonS3Client s3 = admin.S3();
        string artifact = sandbox.Work("flask.zip");
        sandbox.Expect(0, "layer", "pack", FrameworkSources.CopyTo("da_flask", sandbox.Work("content")), artifact);
        await CreateBucketAsync(s3);
        AwsApi lambda = admin.Api("lambda");
        for (int version = 1; version <= 3; version++)
            await lambda.RestAsync(HttpMethod.Post, $"/2018-10-31/layers/{Layer}/versions", new JObject
            {
                ["Content"] = new JObject { ["ZipFile"] = Convert.ToBase64String(await File.ReadAllBytesAsync(artifact)) },
                ["CompatibleRuntimes"] = new JArray("python3.10"),
                ["Description"] = $"built by hand, {version}",
            });
        string[] configuration = await ConfigurationAsync(s3);
        string[] choice = ["--env", Environment, "--emulator", "--yes"];
        // Two versions are kept of those that are published here, and none of the three others is deleted.
        string two = sandbox.Environment("dev", $$"""
            { "extends": "{{Path.Combine(Sandbox.Root, Environment)}}", "layers": { "da-flask-layer": { "keepVersions": 2 } } }
            """);
        sandbox.Expect(0, ["bootstrap", .. choice]);
        RoleSession deploy = RoleSession.OfJob(
            sandbox.Emulator, Region, $"arn:aws:iam::{Account}:role/python-frameworks-dev-infra-apply", Job);

        Run deployed = sandbox.ExpectAs(deploy, 0, ["deploy", "base", .. choice]);
        Assert.That(deployed.Output, Does.Not.Contain("aws_s3_bucket.code"));
        RoleSession delivery = RoleSession.OfJob(
            sandbox.Emulator, Region, $"arn:aws:iam::{Account}:role/python-frameworks-dev-github-delivery", Job);
        string[] publish = ["layer", "publish", "da-flask-layer", artifact, "--emulator", "--yes"];
        Run published = sandbox.ExpectAs(delivery, 0, [.. publish, "--env", two]);
        Assert.That(published.Output, Does.Contain($"{Layer}: version 4 published (version 3 was published by something else;"));
        Assert.That(sandbox.ExpectAs(delivery, 0, [.. publish, "--env", two]).Output,
            Does.Contain("nothing to publish, version 4 has these sources"));
        foreach (int version in new[] { 5, 6, 7 })
            Assert.That(sandbox.ExpectAs(delivery, 0, [.. publish, "--env", two, "--force"]).Output,
                Does.Contain($"version {version} published (forced;"));
        Assert.That(await VersionsAsync(lambda), Is.EqualTo(new[] { 1L, 2, 3, 6, 7 }), "versions 4 and 5 expired; 1, 2 and 3 never do");
        Assert.That(
            sandbox.ExpectAs(delivery, 0, ["layer", "rollback", "da-flask-layer", "--to", "3", .. choice]).Output,
            Does.Contain("now uses version 3"));

        using (AmazonS3Client limited = AwsAccess.ToEmulator(sandbox.Emulator, Account, Region, delivery.Credentials).S3())
            Assert.Multiple(() =>
            {
                foreach (Func<Task> request in new Func<Task>[]
                {
                    () => limited.GetObjectAsync(Bucket, Foreign),
                    () => limited.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = Foreign, ContentBody = "" }),
                    () => limited.DeleteObjectAsync(Bucket, Foreign),
                    () => limited.ListObjectsV2Async(new ListObjectsV2Request { BucketName = Bucket }),
                })
                    Assert.That(
                        async () => await request(),
                        Throws.InstanceOf<AmazonS3Exception>().With.Property("ErrorCode").EqualTo("AccessDenied"));
            });

        sandbox.ExpectAs(deploy, 0, ["destroy", "base", .. choice]);
        Assert.Multiple(async () =>
        {
            Assert.That(await ConfigurationAsync(s3), Is.EqualTo(configuration), "configuration, and objects below other-team/");
            Assert.That(await VersionsAsync(lambda), Is.EqualTo(new[] { 1L, 2, 3, 6, 7 }));
        });
    }

    private static JobClaims Job { get; } = JobClaims.Deploying("acme/python-frameworks", "sandbox", "test");

    private static async Task CreateBucketAsync(AmazonS3Client s3)
    {
        await s3.PutBucketAsync(new PutBucketRequest
        {
            BucketName = Bucket,
            PutBucketConfiguration = new PutBucketConfiguration { LocationConstraint = Region },
        });
        await s3.PutBucketTaggingAsync(new PutBucketTaggingRequest
        {
            BucketName = Bucket,
            TagSet = [new Tag { Key = "Project", Value = "other-team" }],
        });
        await s3.PutBucketPolicyAsync(Bucket, $$"""
            {
              "Version": "2012-10-17",
              "Statement": [{
                "Sid": "OtherTeam", "Effect": "Deny", "Principal": "*", "Action": "s3:DeleteObject",
                "Resource": "arn:aws:s3:::{{Bucket}}/other-team/*"
              }]
            }
            """);
        await s3.PutLifecycleConfigurationAsync(new PutLifecycleConfigurationRequest
        {
            BucketName = Bucket,
            Configuration = new LifecycleConfiguration
            {
                Rules =
                [
                    new LifecycleRule
                    {
                        Id = "other-team",
                        Status = LifecycleRuleStatus.Enabled,
                        Filter = new LifecycleFilter
                        {
                            LifecycleFilterPredicate = new LifecyclePrefixPredicate { Prefix = "other-team/temporary/" },
                        },
                        Expiration = new LifecycleRuleExpiration { Days = 7 },
                    },
                ],
            },
        });
        await s3.PutObjectAsync(new PutObjectRequest { BucketName = Bucket, Key = Foreign, ContentBody = "their service" });
    }

    private static async Task<string[]> ConfigurationAsync(AmazonS3Client s3)
    {
        LifecycleRule rule = (await s3.GetLifecycleConfigurationAsync(Bucket)).Configuration.Rules.Single();
        ListVersionsResponse objects =
            await s3.ListVersionsAsync(new ListVersionsRequest { BucketName = Bucket, Prefix = "other-team/" });
        return
        [
            $"versioning {(await s3.GetBucketVersioningAsync(Bucket)).VersioningConfig.Status}",
            $"policy {(await s3.GetBucketPolicyAsync(Bucket)).Policy}",
            $"lifecycle {rule.Id} {rule.Status} {rule.Expiration.Days}",
            .. (await s3.GetBucketTaggingAsync(new GetBucketTaggingRequest { BucketName = Bucket })).TagSet
                .Select(tag => $"tag {tag.Key} {tag.Value}"),
            $"public access {await PublicAccessAsync(s3)}",
            .. objects.Versions.Select(each => $"object {each.Key} {each.ETag} {each.LastModified:O}"),
        ];
    }

    private static async Task<string> PublicAccessAsync(AmazonS3Client s3)
    {
        try
        {
            await s3.GetPublicAccessBlockAsync(new GetPublicAccessBlockRequest { BucketName = Bucket });
            return "configured";
        }
        catch (AmazonS3Exception e)
        {
            return e.ErrorCode;
        }
    }

    private static async Task<long[]> VersionsAsync(AwsApi lambda) =>
        [.. (await lambda.RestAsync(HttpMethod.Get, $"/2018-10-31/layers/{Layer}/versions"))["LayerVersions"]!
            .Select(version => (long)version["Version"]!).Order()];
}
