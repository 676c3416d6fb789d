using Constructs;
using HashiCorp.Cdktf.Providers.Aws.DataAwsS3Bucket;
using Infra.Constructs.Foundation;
using Infra.Constructs.Storage;

namespace Infra.Constructs.Layers;

/// <summary>The bucket that Lambda takes layers from. An artifact's key is the hash of its content, so that none is ever overwritten.</summary>
/// <remarks>
/// One that exists already is looked up and never changed: its lifecycle, policy and encryption are one setting each for the whole bucket, and
/// belong to whoever made it.
/// </remarks>
internal sealed class CodeBucket : Construct
{
    /// <summary>Folder of the layers' artifacts.</summary>
    public const string LayerFolder = "layers";

    // Lambda keeps a copy of what it published; the bucket is where a version can be traced back to for a year.
    private const int KeepArtifactDays = 365;

    public CodeBucket(Construct scope, string id, CodeBucketProps props) : base(scope, id)
    {
        string name = props.Context.Names.CodeBucket;
        if (props.Existing)
        {
            Outputs = new BucketOutputs(new DataAwsS3Bucket(this, "existing", new DataAwsS3BucketConfig { Bucket = name }).Named(id).Id, $"arn:aws:s3:::{name}");
            return;
        }

        Outputs = new SecureBucket(this, id, new SecureBucketProps(props.Context, name)
        {
            ExpireAfterDays = KeepArtifactDays,
            ExpirePrefix = $"{LayerFolder}/",
            AccessLogs = props.AccessLogs,
        }).Outputs;
    }

    public BucketOutputs Outputs { get; }
}

/// <param name="Context">Deployment it is part of.</param>
/// <param name="Existing">Whether the bucket exists already and is left as it is.</param>
/// <param name="AccessLogs">Bucket that takes the access logs of one that is made here.</param>
internal sealed record CodeBucketProps(DeploymentContext Context, bool Existing, LogBucket AccessLogs);
