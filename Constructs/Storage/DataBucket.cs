using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Storage;

/// <summary>A bucket that an environment file asks for: versioned, logged, with its lifecycle.</summary>
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

/// <param name="Context">Deployment it is part of.</param>
/// <param name="Purpose">What it is for, as the environment file calls it: <c>files</c>.</param>
/// <param name="Config">What the environment file says of it.</param>
/// <param name="AccessLogs">Bucket that takes its access logs.</param>
internal sealed record DataBucketProps(DeploymentContext Context, string Purpose, BucketConfig Config, LogBucket AccessLogs);
