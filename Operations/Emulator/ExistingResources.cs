using Amazon.S3;
using Amazon.S3.Model;
using Amazon.S3.Util;
using Infra.Configuration;
using Infra.Operations.Aws;
using Infra.Operations.Output;

namespace Infra.Operations.Emulator;

/// <summary>
/// Creates on the emulator what an environment file says that another project has created: the emulator starts empty, so nobody else has.
/// </summary>
internal static class ExistingResources
{
    /// <summary>Creates the code bucket, if the environment uses an existing one and the emulator has none.</summary>
    public static async Task CreateAsync(Uri emulator, LoadedEnvironment environment, Reporter reporter, CancellationToken cancellation)
    {
        if (!environment.Config.Naming.ExistingCodeBucket || environment.Config.Layers.Count == 0)
            return;
        string bucket = environment.Names.CodeBucket;
        // As the account's administrator: the role of a session may neither create nor change it.
        using AmazonS3Client s3 = AwsAccess.ToEmulator(emulator, environment.Config.Account, environment.Config.Region).S3();
        if (await AmazonS3Util.DoesS3BucketExistV2Async(s3, bucket))
            return;
        await s3.PutBucketAsync(
            new PutBucketRequest
            {
                BucketName = bucket,
                // S3 rejects us-east-1 as a location constraint: it is what no constraint means.
                PutBucketConfiguration = environment.Config.Region == "us-east-1"
                    ? null
                    : new PutBucketConfiguration { LocationConstraint = environment.Config.Region },
            }, cancellation);
        reporter.Detail($"{bucket} created on the emulator: \"existingCodeBucket\" says that the account has it");
    }
}
