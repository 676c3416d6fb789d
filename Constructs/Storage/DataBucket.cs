using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Storage;

/// <summary>A bucket of an environment file: versioned, with access logs and lifecycle rules.</summary>
internal sealed class DataBucket : Construct
{
    public DataBucket(Construct scope, string id, DataBucketProps props) : base(scope, id)
    {
        Bucket = new SecureBucket(this, id, new SecureBucketProps(props.Context, props.Context.Names.Bucket(props.Purpose))
        {
            NoncurrentDays = props.Config.NoncurrentDays,
            InfrequentAccessAfterDays = props.Config.InfrequentAccessAfterDays,
            ArchiveAfterDays = props.Config.ArchiveAfterDays,
            ExpireAfterDays = props.Config.ExpireAfterDays,
            CorsOrigins = props.Config.CorsOrigins,
            AccessLogs = props.AccessLogs,
        });
        Outputs = Bucket.Outputs;
    }

    public SecureBucket Bucket { get; }

    public BucketOutputs Outputs { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="Purpose">Name in the environment file: <c>files</c>.</param>
/// <param name="Config">Its settings from the environment file.</param>
/// <param name="AccessLogs">Bucket for its access logs.</param>
internal sealed record DataBucketProps(DeploymentContext Context, string Purpose, BucketConfig Config, LogBucket AccessLogs);
