using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Storage;
using Infra.Naming;

namespace Infra.Constructs.Account;

/// <summary>The bucket for the account's CloudTrail and AWS Config logs. Only these two services can write to it.</summary>
internal sealed class AccountLogs : Construct
{
    private const int KeepDays = 365;

    public AccountLogs(Construct scope, string id, AccountLogsProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string name = NameOf(context.Names);
        Bucket = new SecureBucket(this, id, new SecureBucketProps(context, name)
        {
            // Each log object is written once, under a unique key.
            Versioned = false,
            ExpireAfterDays = KeepDays,
            Statements =
            [
                .. props.TrailArn is null ? [] : TrailStatements(context, name, props.TrailArn),
                .. props.Config ? ConfigStatements(context, name) : [],
            ],
        });
    }

    public SecureBucket Bucket { get; }

    /// <summary>Name of the bucket.</summary>
    public static string NameOf(Names names) => names.Bucket("account-logs");

    // https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
    private static IEnumerable<Statement> TrailStatements(DeploymentContext context, string bucket, string trail)
    {
        const string service = "cloudtrail.amazonaws.com";
        var source = new Condition("StringEquals", "aws:SourceArn", trail);
        yield return OnBucket("CloudTrailAclCheck", service, bucket, ["s3:GetBucketAcl"], source);
        yield return Put("CloudTrailWrite", service, $"{bucket}/AWSLogs/{context.Account}/*", source);
    }

    // https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
    private static IEnumerable<Statement> ConfigStatements(DeploymentContext context, string bucket)
    {
        const string service = "config.amazonaws.com";
        var source = new Condition("StringEquals", "aws:SourceAccount", context.Account);
        yield return OnBucket("ConfigBucketCheck", service, bucket, ["s3:GetBucketAcl", "s3:ListBucket"], source);
        yield return Put("ConfigWrite", service, $"{bucket}/AWSLogs/{context.Account}/Config/*", source);
    }

    private static Statement OnBucket(string sid, string service, string bucket, string[] actions, Condition source) => new()
    {
        Sid = sid,
        Principal = Principal.Service(service),
        Actions = actions,
        Resources = [$"arn:aws:s3:::{bucket}"],
        Conditions = [source],
    };

    private static Statement Put(string sid, string service, string objects, Condition source) => new()
    {
        Sid = sid,
        Principal = Principal.Service(service),
        Actions = ["s3:PutObject"],
        Resources = [$"arn:aws:s3:::{objects}"],
        Conditions = [new Condition("StringEquals", "s3:x-amz-acl", "bucket-owner-full-control"), source],
    };
}

/// <param name="Context">The account's deployment.</param>
/// <param name="TrailArn">ARN of the trail that writes to it; none without a trail.</param>
/// <param name="Config">Whether AWS Config writes to it.</param>
internal sealed record AccountLogsProps(DeploymentContext Context, string? TrailArn, bool Config);
