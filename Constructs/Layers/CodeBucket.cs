using Constructs;
using HashiCorp.Cdktf.Providers.Aws.DataAwsS3Bucket;
using Infra.Constructs.Foundation;
using Infra.Constructs.Storage;

namespace Infra.Constructs.Layers;

/// <summary>
/// The bucket from which Lambda loads layers. An artifact's key is the hash of its content, so that no artifact is ever overwritten.
/// </summary>
/// <remarks>
/// An existing bucket is looked up and never changed: lifecycle, policy and encryption are settings of the whole bucket, and belong to
/// whoever created it.
/// </remarks>
internal sealed class CodeBucket : Construct
{
    // Lambda keeps its own copy of a published layer; the bucket allows tracing a version back for a year.
    private const int KeepArtifactDays = 365;

    public CodeBucket(Construct scope, string id, CodeBucketProps props) : base(scope, id)
    {
        string name = props.Context.Names.CodeBucket;
        if (props.Existing)
        {
            Outputs = new BucketOutputs(
                new DataAwsS3Bucket(this, "existing", new DataAwsS3BucketConfig { Bucket = name }).Named(id).Id, $"arn:aws:s3:::{name}");
            return;
        }

        Outputs = new SecureBucket(this, id, new SecureBucketProps(props.Context, name)
        {
            ExpireAfterDays = KeepArtifactDays,
            ExpirePrefix = $"{props.Context.Names.CodePrefix}/",
            AccessLogs = props.AccessLogs,
        }).Outputs;
    }

    public BucketOutputs Outputs { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="Existing">Whether the bucket exists already and is not changed.</param>
/// <param name="AccessLogs">Bucket for the access logs of a bucket that is created here.</param>
internal sealed record CodeBucketProps(DeploymentContext Context, bool Existing, LogBucket AccessLogs);
