using static Infra.Constructs.Permissions.Grant;

namespace Infra.Constructs.Permissions;

/// <summary>
/// Permissions for buckets and their settings. Objects are for applications, except that a disposable bucket is emptied before it is
/// deleted.
/// </summary>
internal static class BucketTypes
{
    private static readonly (string Type, string[] Write, string[] Read)[] Settings =
    [
        ("aws_s3_bucket_cors_configuration", ["s3:PutBucketCORS"], ["s3:GetBucketCORS"]),
        ("aws_s3_bucket_lifecycle_configuration", ["s3:PutLifecycleConfiguration"], ["s3:GetLifecycleConfiguration"]),
        ("aws_s3_bucket_logging", ["s3:PutBucketLogging"], ["s3:GetBucketLogging"]),
        ("aws_s3_bucket_notification", ["s3:PutBucketNotification"], ["s3:GetBucketNotification"]),
        ("aws_s3_bucket_ownership_controls", ["s3:PutBucketOwnershipControls"], ["s3:GetBucketOwnershipControls"]),
        ("aws_s3_bucket_policy", ["s3:DeleteBucketPolicy", "s3:PutBucketPolicy"], ["s3:GetBucketPolicy"]),
        ("aws_s3_bucket_public_access_block", ["s3:PutBucketPublicAccessBlock"], ["s3:GetBucketPublicAccessBlock"]),
        ("aws_s3_bucket_server_side_encryption_configuration", ["s3:PutEncryptionConfiguration"], ["s3:GetEncryptionConfiguration"]),
        ("aws_s3_bucket_versioning", ["s3:PutBucketVersioning"], ["s3:GetBucketVersioning"]),
    ];

    /// <param name="own">Resources of the environment.</param>
    /// <param name="emptied">Buckets that Terraform empties before it deletes them.</param>
    /// <param name="existingCodeBucket">Whether the code bucket belongs to another project: then it is read and never changed.</param>
    public static IEnumerable<TypePermissions> Of(OwnResources own, IReadOnlyList<string> emptied, bool existingCodeBucket)
    {
        // An environment file can set the code bucket's name to one that no other bucket pattern matches.
        string[] names = existingCodeBucket
            ? [own.Context.Names.Bucket("*")]
            : [.. new[] { own.Context.Names.Bucket("*"), own.Context.Names.CodeBucket }.Distinct()];
        Scope buckets = new("Own", [.. names.Select(bucket => $"arn:aws:s3:::{bucket}")]);
        Scope code = new("Code", [$"arn:aws:s3:::{own.Context.Names.CodeBucket}"]);
        yield return new("aws_s3_bucket",
            [
                Write(buckets, "s3:CreateBucket", "s3:DeleteBucket", "s3:PutBucketTagging"),
                .. emptied.Count == 0 ? Array.Empty<Grant>() :
                [
                    Write(OwnResources.AllArns([.. emptied.Select(bucket => $"arn:aws:s3:::{bucket}")]) with { Kind = "Empty" },
                        "s3:ListBucketVersions"),
                    Write(OwnResources.AllArns([.. emptied.Select(bucket => $"arn:aws:s3:::{bucket}/*")]) with { Kind = "EmptyObjects" },
                        "s3:DeleteObject", "s3:DeleteObjectVersion"),
                ],
                // Terraform reads every setting of a bucket, whichever resource manages it.
                Read(buckets, "s3:GetAccelerateConfiguration", "s3:GetBucketAcl", "s3:GetBucketCORS", "s3:GetBucketLogging",
                    "s3:GetBucketObjectLockConfiguration", "s3:GetBucketPolicy",
                    "s3:GetBucketRequestPayment", "s3:GetBucketTagging", "s3:GetBucketVersioning", "s3:GetBucketWebsite",
                        "s3:GetEncryptionConfiguration", "s3:GetLifecycleConfiguration",
                    "s3:GetReplicationConfiguration", "s3:ListBucket"),
                Use("s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetBucketLocation", "s3:GetObject", "s3:GetObjectVersion",
                    "s3:ListBucket", "s3:PutObject"),
            ]);
        // Terraform looks the bucket up with HeadBucket.
        yield return new("data.aws_s3_bucket", Read(code, "s3:ListBucket"));
        foreach ((string type, string[] write, string[] read) in Settings)
            yield return new(type, Write(buckets, write), Read(buckets, read));
    }
}
