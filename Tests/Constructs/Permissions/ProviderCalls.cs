using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Constructs.Permissions;

/// <summary>
/// Requests of AWS provider 5.100.0 while it created, read and destroyed environments/local.json on the local AWS, by resource type:
/// recorded from its log (TF_LOG_PROVIDER=DEBUG), which contains service, operation and resource of every request. Independent of the
/// source of the permissions.
/// </summary>
internal static class ProviderCalls
{
    // IAM actions of operations whose action has another name.
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html and the pages of the other services
    private static readonly Dictionary<string, string[]> Authorized = new(StringComparer.Ordinal)
    {
        ["s3:DeleteObjects"] = ["s3:DeleteObject", "s3:DeleteObjectVersion"],
        ["s3:GetBucketAccelerateConfiguration"] = ["s3:GetAccelerateConfiguration"],
        ["s3:GetBucketCors"] = ["s3:GetBucketCORS"],
        ["s3:GetBucketEncryption"] = ["s3:GetEncryptionConfiguration"],
        ["s3:GetBucketLifecycleConfiguration"] = ["s3:GetLifecycleConfiguration"],
        ["s3:GetBucketReplication"] = ["s3:GetReplicationConfiguration"],
        ["s3:GetObjectLockConfiguration"] = ["s3:GetBucketObjectLockConfiguration"],
        ["s3:GetPublicAccessBlock"] = ["s3:GetBucketPublicAccessBlock"],
        ["s3:HeadBucket"] = ["s3:ListBucket"],
        ["s3:ListObjectVersions"] = ["s3:ListBucketVersions"],
        ["s3:PutBucketCors"] = ["s3:PutBucketCORS"],
        ["s3:DeleteBucketCors"] = ["s3:PutBucketCORS"],
        ["s3:PutBucketEncryption"] = ["s3:PutEncryptionConfiguration"],
        ["s3:DeleteBucketEncryption"] = ["s3:PutEncryptionConfiguration"],
        ["s3:PutBucketLifecycleConfiguration"] = ["s3:PutLifecycleConfiguration"],
        ["s3:DeleteBucketLifecycle"] = ["s3:PutLifecycleConfiguration"],
        ["s3:PutPublicAccessBlock"] = ["s3:PutBucketPublicAccessBlock"],
        ["s3:DeletePublicAccessBlock"] = ["s3:PutBucketPublicAccessBlock"],
        ["s3:DeleteBucketOwnershipControls"] = ["s3:PutBucketOwnershipControls"],
        ["cloudfront:CreateDistributionWithTags"] = ["cloudfront:CreateDistribution", "cloudfront:TagResource"],
    };

    // IAM prefixes of services whose signing name differs.
    private static readonly Dictionary<string, string> Services = new(StringComparer.Ordinal) { ["monitoring"] = "cloudwatch" };

    private static readonly Lazy<JObject> Recorded = new(() =>
        JObject.Parse(File.ReadAllText(Path.Combine(Checkout.Find().Root, "Tests", "Constructs", "Permissions", "provider-calls.json"))));

    /// <summary>Resource types in the record.</summary>
    public static IEnumerable<string> Types => Recorded.Value.Properties().Select(type => type.Name);

    /// <summary>Actions that reading the type requires.</summary>
    public static IEnumerable<string> Read(string type) => Actions(type, "read");

    /// <summary>Actions that creating and destroying it requires.</summary>
    public static IEnumerable<string> Apply(string type) => Actions(type, "apply");

    private static IEnumerable<string> Actions(string type, string kind) =>
        (Recorded.Value[type]?[kind] ?? new JArray()).Values<string>().SelectMany(call =>
        {
            string[] parts = call!.Split(':');
            string named = $"{Services.GetValueOrDefault(parts[0], parts[0])}:{parts[1]}";
            return Authorized.GetValueOrDefault(named) ?? [named];
        }).Distinct();
}
