using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.Storage;

namespace Infra.Constructs.Layers;

/// <summary>The bucket that Lambda takes layers from. An artifact's key is the hash of its content, so that none is ever overwritten.</summary>
internal sealed class CodeBucket : Construct
{
    /// <summary>Folder of the layers' artifacts.</summary>
    public const string LayerFolder = "layers";

    // Lambda keeps a copy of what it published; the bucket is where a version can be traced back to for a year.
    private const int KeepArtifactDays = 365;

    public CodeBucket(Construct scope, string id, CodeBucketProps props) : base(scope, id) =>
        Outputs = new SecureBucket(this, id, new SecureBucketProps(props.Context, props.Context.Names.CodeBucket)
        {
            ExpireAfterDays = KeepArtifactDays,
            AccessLogs = props.AccessLogs,
        }).Outputs;

    public BucketOutputs Outputs { get; }
}

/// <param name="Context">Deployment it is part of.</param>
/// <param name="AccessLogs">Bucket that takes its access logs.</param>
internal sealed record CodeBucketProps(DeploymentContext Context, LogBucket AccessLogs);
