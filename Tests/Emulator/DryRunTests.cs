using Amazon.S3;
using NUnit.Framework;

namespace Infra.Tests.Emulator;

/// <summary>Commands that only show what would change.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class DryRunTests
{
    [TestCase("plan"), TestCase("deploy", "--dry-run")]
    [Property("Finding", "U13")]
    public async Task Plan_OnAnEmptyEmulator_AppliesNothing(params string[] command)
    {
        using var sandbox = new Sandbox();
        string file = sandbox.Environment("dry", """
            {
              "name": "dry", "project": "acme", "account": "111111111111", "region": "us-east-1", "emulator": true, "disposable": true,
              "network": { "vpc": "none" }, "tables": { "sessions": { "partitionKey": "user:S" } }
            }
            """);
        Run plan = sandbox.Expect(5, [.. command, "--env", file]);
        using AmazonS3Client s3 = sandbox.Access("111111111111", "us-east-1").S3();

        Assert.That(plan.Output, Does.Contain("+ aws_dynamodb_table.table-sessions"));
        Assert.That((await s3.ListBucketsAsync()).Buckets ?? [], Is.Empty, "the bucket of the states, which bootstrap creates");
        // Also a plan that was killed leaves nothing behind that a deployment uses.
        File.WriteAllText(
            sandbox.Work("deploy", "acme-dry", "stacks", "base", "backend_override.tf.json"),
            """{ "terraform": { "backend": { "local": { "path": "lost.tfstate" } } } }""");
        sandbox.Expect(0, "deploy", "base", "--env", file, "--yes");
        string states = (await s3.ListBucketsAsync()).Buckets.Single(bucket => bucket.BucketName.Contains("tfstate")).BucketName;
        Assert.That(
            (await s3.ListObjectsV2Async(new() { BucketName = states })).S3Objects.Select(state => state.Key),
            Has.Some.Contains("base"));
        sandbox.Expect(0, "plan", "base", "--env", file);
    }
}
