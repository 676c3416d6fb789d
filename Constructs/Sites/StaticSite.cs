using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.CloudfrontDistribution;
using HashiCorp.Cdktf.Providers.Aws.CloudfrontOriginAccessControl;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Storage;
using Infra.Naming;

namespace Infra.Constructs.Sites;

/// <summary>A single-page application in a private bucket that only CloudFront can read.</summary>
internal sealed class StaticSite : Construct
{
    private const string IndexDocument = "index.html";
    private const string OriginId = "bucket";

    // Seconds that CloudFront caches an error; short, because a deployment may add the missing file.
    private const int ErrorCachingSeconds = 10;

    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html
    private const string ManagedCachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";

    /// <exception cref="ArgumentException">It has host names but no certificate for them.</exception>
    public StaticSite(Construct scope, string id, StaticSiteProps props) : base(scope, id)
    {
        if (props.Aliases.Count > 0 && props.CertificateArn is null)
            throw new ArgumentException(
                $"site {props.Name} is to answer to {string.Join(", ", props.Aliases)} and has no certificate; give it one from us-east-1",
                nameof(props));

        Bucket = new SecureBucket(this, $"{id}_bucket", new SecureBucketProps(props.Context, props.Context.Names.Bucket(props.Name))
        {
            AccessLogs = props.Logs,
        });
        Distribution = MakeDistribution(id, props);
        string arn = Distribution.Arn;
        Bucket.Allow(new Statement
        {
            Sid = "CloudFrontReads",
            Principal = Principal.Service("cloudfront.amazonaws.com"),
            Actions = ["s3:GetObject"],
            Resources = [$"{Bucket.Outputs.Arn}/*"],
            Conditions = [new Condition("StringEquals", "AWS:SourceArn", arn)],
        });
        DistributionLogs.Add(this, $"{id}_logs", arn, props);
        Outputs = new StaticSiteOutputs(
            Bucket.Outputs.Name, Bucket.Outputs.Arn, Distribution.Id, arn, Distribution.DomainName, Distribution.HostedZoneId);
    }

    public SecureBucket Bucket { get; }

    public CloudfrontDistribution Distribution { get; }

    public StaticSiteOutputs Outputs { get; }

    private CloudfrontDistribution MakeDistribution(string id, StaticSiteProps props)
    {
        CloudfrontOriginAccessControl access = new CloudfrontOriginAccessControl(this, "access", new CloudfrontOriginAccessControlConfig
        {
            Name = props.Context.Names.For(NameRule.CloudFront, props.Name),
            OriginAccessControlOriginType = "s3",
            SigningBehavior = "always",
            SigningProtocol = "sigv4",
        }).Named($"{id}_access");

        return new CloudfrontDistribution(this, "distribution", new CloudfrontDistributionConfig
        {
            Enabled = true,
            Comment = props.Context.Names.For(NameRule.CloudFront, props.Name),
            Aliases = props.Aliases.Count > 0 ? [.. props.Aliases] : null,
            DefaultRootObject = IndexDocument,
            PriceClass = props.Config.PriceClass,
            HttpVersion = "http2and3",
            IsIpv6Enabled = true,
            Origin = new[]
            {
                new CloudfrontDistributionOrigin
                {
                    OriginId = OriginId,
                    DomainName = Bucket.Bucket.BucketRegionalDomainName,
                    OriginAccessControlId = access.Id,
                },
            },
            DefaultCacheBehavior = new CloudfrontDistributionDefaultCacheBehavior
            {
                TargetOriginId = OriginId,
                AllowedMethods = ["GET", "HEAD", "OPTIONS"],
                CachedMethods = ["GET", "HEAD"],
                ViewerProtocolPolicy = "redirect-to-https",
                CachePolicyId = ManagedCachingOptimized,
                ResponseHeadersPolicyId = SecurityHeaders.Add(this, $"{id}_headers", props).Id,
                Compress = true,
            },
            // A path of the application is not an object; S3 answers 403 for it, because CloudFront may not list the bucket.
            CustomErrorResponse = new[] { Index(403), Index(404) },
            Restrictions = new CloudfrontDistributionRestrictions
            {
                GeoRestriction = new CloudfrontDistributionRestrictionsGeoRestriction { RestrictionType = "none" },
            },
            ViewerCertificate = ViewerCertificate(props.CertificateArn),
        }).Named(id);
    }

    private static CloudfrontDistributionCustomErrorResponse Index(int error) => new()
    {
        ErrorCode = error,
        ResponseCode = 200,
        ResponsePagePath = $"/{IndexDocument}",
        ErrorCachingMinTtl = ErrorCachingSeconds,
    };

    // With CloudFront's default certificate, CloudFront sets the minimum TLS version.
    private static CloudfrontDistributionViewerCertificate ViewerCertificate(string? certificateArn) => certificateArn is null
        ? new() { CloudfrontDefaultCertificate = true }
        : new() { AcmCertificateArn = certificateArn, MinimumProtocolVersion = "TLSv1.2_2021", SslSupportMethod = "sni-only" };
}

/// <param name="Context">The deployment.</param>
/// <param name="Name">Name in the environment file, and purpose in the bucket's name: <c>spa</c>.</param>
/// <param name="Config">Its settings from the environment file.</param>
/// <param name="Logs">Bucket for the access logs of its bucket and its distribution.</param>
internal sealed record StaticSiteProps(DeploymentContext Context, string Name, SiteConfig Config, LogBucket Logs)
{
    /// <summary>Host names in addition to CloudFront's; the certificate must cover each of them.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Validated certificate in us-east-1; none for CloudFront's default certificate and host name.</summary>
    public string? CertificateArn { get; init; }

    /// <summary>HSTS header of responses.</summary>
    public HstsConfig Hsts { get; init; } = new();

    /// <summary>
    /// Provider for us-east-1, where CloudFront's log deliveries are configured; none if the deployment is in that Region.
    /// </summary>
    public TerraformProvider? UsEast1 { get; init; }
}

/// <summary>Attributes of a site.</summary>
/// <param name="BucketName">Bucket of its files.</param>
/// <param name="BucketArn">The bucket's ARN.</param>
/// <param name="DistributionId">Distribution whose cache is invalidated.</param>
/// <param name="DistributionArn">The distribution's ARN.</param>
/// <param name="DomainName">CloudFront's host name of the distribution, the target of alias records.</param>
/// <param name="HostedZoneId">CloudFront's hosted zone, for alias records.</param>
internal sealed record StaticSiteOutputs(
    string BucketName, string BucketArn, string DistributionId, string DistributionArn, string DomainName, string HostedZoneId);
