using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Storage;

/// <summary>A bucket for access logs. Only AWS services can write to it.</summary>
internal sealed class LogBucket : Construct
{
    public LogBucket(Construct scope, string id, LogBucketProps props) : base(scope, id)
    {
        string name = props.Context.Names.Bucket(props.Purpose);
        Bucket = new SecureBucket(this, id, new SecureBucketProps(props.Context, name)
        {
            // A log object is written once: there is no older version to restore.
            Versioned = false,
            // Load balancers and S3 server access logging only support buckets with SSE-S3.
            // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#access-logging-bucket-requirements
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshooting-server-access-logging.html
            UseS3ManagedKey = true,
            ExpireAfterDays = props.KeepDays,
            Statements = [.. props.Writers.Select(writer => Write(writer, name, props.Context))],
        });
        Outputs = Bucket.Outputs;
    }

    public SecureBucket Bucket { get; }

    public BucketOutputs Outputs { get; }

    private static Statement Write(LogWriter writer, string bucket, DeploymentContext context)
    {
        var sourceAccount = new Condition("StringEquals", "aws:SourceAccount", context.Account);
        string ownFolder = $"arn:aws:s3:::{bucket}/AWSLogs/{context.Account}/*";
        return writer switch
        {
            // https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
            LogWriter.Buckets => Put("S3AccessLogs", "logging.s3.amazonaws.com", $"arn:aws:s3:::{bucket}/s3/*",
                sourceAccount, new Condition("ArnLike", "aws:SourceArn", "arn:aws:s3:::*")),

            // The folder contains the account id, and load balancers of other accounts cannot use it.
            // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
            LogWriter.LoadBalancers => Put("LoadBalancerAccessLogs", "logdelivery.elasticloadbalancing.amazonaws.com", ownFolder),

            // Exactly AWS's wording: CloudWatch adds its own statement to a policy without this one, which Terraform would remove again.
            // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
            LogWriter.CloudFront => Put("AWSLogDeliveryWrite1", "delivery.logs.amazonaws.com", ownFolder,
                new Condition("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control"),
                sourceAccount,
                new Condition("ArnLike", "aws:SourceArn", $"arn:aws:logs:us-east-1:{context.Account}:delivery-source:*")),

            _ => throw new ArgumentOutOfRangeException(nameof(writer), writer, "unknown writer of logs"),
        };
    }

    private static Statement Put(string sid, string service, string objects, params IReadOnlyList<Condition> conditions) => new()
    {
        Sid = sid,
        Principal = Principal.Service(service),
        Actions = ["s3:PutObject"],
        Resources = [objects],
        Conditions = conditions,
    };
}

/// <summary>Services that write access logs.</summary>
internal enum LogWriter
{
    /// <summary>S3, for buckets that name this one as the target of their access logs.</summary>
    Buckets,

    /// <summary>Application load balancers of this account.</summary>
    LoadBalancers,

    /// <summary>CloudFront's standard logging, version 2, which needs no access control list.</summary>
    CloudFront,
}

/// <param name="Context">The deployment.</param>
/// <param name="Purpose">Purpose in its name: <c>alb-logs</c>.</param>
/// <param name="KeepDays">Days that logs are kept.</param>
/// <param name="Writers">Services that may write to it.</param>
internal sealed record LogBucketProps(DeploymentContext Context, string Purpose, int KeepDays, params IReadOnlyList<LogWriter> Writers);
