using System.ComponentModel;
using Infra.Naming;

namespace Infra.Configuration.Model;

/// <summary>Location of Terraform's state. The bootstrap stack creates bucket and table.</summary>
public sealed record StateConfig
{
    [Description("State bucket. Default: {project}-tfstate-{account}.")]
    public string? Bucket { get; init; }

    [Description("DynamoDB table that locks the state. Default: {project}-tfstate-lock.")]
    public string? LockTable { get; init; }

    [Description(
        "Region that every version of the state is replicated to, in a bucket with the name of the state bucket and -replica; none for "
            + "no replica.")]
    public string? ReplicaRegion { get; init; }

    /// <summary>The state bucket: the configured one, otherwise the project's bucket of the account.</summary>
    public string BucketOf(Names names) => Bucket ?? names.StateBucket;

    /// <summary>The lock table: the configured one, otherwise the project's table.</summary>
    public string LockTableOf(Names names) => LockTable ?? names.LockTable;
}
