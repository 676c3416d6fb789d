using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.S3Bucket;
using HashiCorp.Cdktf.Providers.Aws.S3BucketCorsConfiguration;
using HashiCorp.Cdktf.Providers.Aws.S3BucketLogging;
using HashiCorp.Cdktf.Providers.Aws.S3BucketOwnershipControls;
using HashiCorp.Cdktf.Providers.Aws.S3BucketPolicy;
using HashiCorp.Cdktf.Providers.Aws.S3BucketPublicAccessBlock;
using HashiCorp.Cdktf.Providers.Aws.S3BucketServerSideEncryptionConfiguration;
using HashiCorp.Cdktf.Providers.Aws.S3BucketVersioning;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Storage;

/// <summary>A private, encrypted bucket that requires TLS. Every bucket of this program is one.</summary>
internal sealed class SecureBucket : Construct
{
    private readonly List<Statement> _statements;

    /// <exception cref="ArgumentException">The props contradict each other.</exception>
    public SecureBucket(Construct scope, string id, SecureBucketProps props) : base(scope, id)
    {
        if (props.ExpireAfterDays <= (props.ArchiveAfterDays ?? props.InfrequentAccessAfterDays))
            throw new ArgumentException(
                $"bucket {props.Name} would delete objects after {props.ExpireAfterDays} days, before they move to another storage "
                    + "class after "
                + $"{props.ArchiveAfterDays ?? props.InfrequentAccessAfterDays}: leave one out, or expire later", nameof(props));

        Bucket = new S3Bucket(this, "bucket", new S3BucketConfig
        {
            Bucket = props.Name,
            ForceDestroy = props.Context.Disposable,
            Lifecycle = props.Context.PreventDestroy(),
        }).Named(id);
        string bucket = Bucket.Id;
        Outputs = new BucketOutputs(props.Name, $"arn:aws:s3:::{props.Name}");

        new S3BucketOwnershipControls(this, "ownership", new S3BucketOwnershipControlsConfig
        {
            Bucket = bucket,
            Rule = new S3BucketOwnershipControlsRule { ObjectOwnership = "BucketOwnerEnforced" },
        }).Named($"{id}_ownership");

        S3BucketPublicAccessBlock publicAccess = new S3BucketPublicAccessBlock(this, "public_access", new S3BucketPublicAccessBlockConfig
        {
            Bucket = bucket,
            BlockPublicAcls = true,
            BlockPublicPolicy = true,
            IgnorePublicAcls = true,
            RestrictPublicBuckets = true,
        }).Named($"{id}_public_access");

        string? keyArn = props.UseS3ManagedKey ? null : props.Context.KeyArn;
        new S3BucketServerSideEncryptionConfigurationA(this, "encryption", new S3BucketServerSideEncryptionConfigurationAConfig
        {
            Bucket = bucket,
            Rule = new[]
            {
                new S3BucketServerSideEncryptionConfigurationRuleA
                {
                    ApplyServerSideEncryptionByDefault =
                        new S3BucketServerSideEncryptionConfigurationRuleApplyServerSideEncryptionByDefaultA
                    {
                        SseAlgorithm = keyArn is null ? "AES256" : "aws:kms",
                        KmsMasterKeyId = keyArn,
                    },
                    // S3 Bucket Keys: one request to KMS for many objects instead of one per object.
                    BucketKeyEnabled = keyArn is null ? null : true,
                },
            },
        }).Named($"{id}_encryption");

        ITerraformDependable[] beforeLifecycle = props.Versioned ? [Versioning(id, bucket)] : [];
        BucketLifecycle.Add(this, id, bucket, props, beforeLifecycle);

        _statements = [TlsOnly(), .. props.Statements];
        Policy = new S3BucketPolicy(this, "policy", new S3BucketPolicyConfig
        {
            Bucket = bucket,
            Policy = new PolicyDocument(_statements).ToJson(),
            // S3 rejects concurrent changes of one bucket's access settings.
            DependsOn = [publicAccess],
        }).Named($"{id}_policy");

        if (props.AccessLogs is { } logs)
            new S3BucketLoggingA(this, "logging", new S3BucketLoggingAConfig
            {
                Bucket = bucket,
                TargetBucket = logs.Bucket.Bucket.Id,
                TargetPrefix = $"s3/{props.Name}/",
            }).Named($"{id}_logging");

        if (props.CorsOrigins.Count > 0)
            new S3BucketCorsConfiguration(this, "cors", new S3BucketCorsConfigurationConfig
            {
                Bucket = bucket,
                CorsRule = new[]
                {
                    new S3BucketCorsConfigurationCorsRule
                    {
                        AllowedMethods = ["GET", "HEAD", "PUT", "POST"],
                        AllowedOrigins = [.. props.CorsOrigins],
                        AllowedHeaders = ["*"],
                        ExposeHeaders = ["ETag"],
                        MaxAgeSeconds = 3600,
                    },
                },
            }).Named($"{id}_cors");
    }

    public S3Bucket Bucket { get; }

    /// <summary>Its bucket policy; resources that need its permissions depend on it.</summary>
    public S3BucketPolicy Policy { get; }

    public BucketOutputs Outputs { get; }

    /// <summary>Adds statements to the bucket policy; for resources that are created after the bucket and must be named in it.</summary>
    public void Allow(params IReadOnlyList<Statement> statements)
    {
        _statements.AddRange(statements);
        Policy.Policy = new PolicyDocument(_statements).ToJson();
    }

    private S3BucketVersioningA Versioning(string id, string bucket) =>
        new S3BucketVersioningA(this, "versioning", new S3BucketVersioningAConfig
        {
            Bucket = bucket,
            VersioningConfiguration = new S3BucketVersioningVersioningConfiguration { Status = "Enabled" },
        }).Named($"{id}_versioning");

    private Statement TlsOnly() => new()
    {
        Effect = "Deny",
        Sid = "TlsOnly",
        Principal = Principal.Everyone,
        Actions = ["s3:*"],
        Resources = [Outputs.Arn, $"{Outputs.Arn}/*"],
        Conditions = [new Condition("Bool", "aws:SecureTransport", "false")],
    };
}

/// <param name="Context">The deployment.</param>
/// <param name="Name">Name of the bucket.</param>
internal sealed record SecureBucketProps(DeploymentContext Context, string Name)
{
    /// <summary>Whether noncurrent versions of objects are kept for a while. Default: true.</summary>
    public bool Versioned { get; init; } = true;

    /// <summary>Whether it uses SSE-S3 even if the environment has a customer managed key. Default: false.</summary>
    public bool UseS3ManagedKey { get; init; }

    /// <summary>Days that noncurrent versions are kept in a versioned bucket. Default 90.</summary>
    public int NoncurrentDays { get; init; } = 90;

    /// <summary>Days after which objects move to Standard-IA, at least 30; none for no transition.</summary>
    public int? InfrequentAccessAfterDays { get; init; }

    /// <summary>Days after which objects move to Glacier Flexible Retrieval, later than to Standard-IA; none for no transition.</summary>
    public int? ArchiveAfterDays { get; init; }

    /// <summary>Days after which objects are deleted; none for no expiration.</summary>
    public int? ExpireAfterDays { get; init; }

    /// <summary>Key prefix of the objects that expire: <c>layers/</c>. Default: all.</summary>
    public string ExpirePrefix { get; init; } = "";

    /// <summary>Bucket for the access logs; none for log buckets.</summary>
    public LogBucket? AccessLogs { get; init; }

    /// <summary>Origins whose pages may read and write with presigned URLs.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    /// <summary>Statements of the bucket policy, in addition to the one that requires TLS.</summary>
    public IReadOnlyList<Statement> Statements { get; init; } = [];
}

/// <summary>Attributes of a bucket.</summary>
internal sealed record BucketOutputs(string Name, string Arn);
