using System.ComponentModel;
using Infra.Naming;

namespace Infra.Configuration.Model;

/// <summary>Where Terraform keeps its state. The bootstrap stack makes both.</summary>
public sealed record StateConfig
{
    [Description("State bucket. Default: {project}-tfstate-{account}.")]
    public string? Bucket { get; init; }

    [Description("DynamoDB table that locks the state. Default: {project}-tfstate-lock.")]
    public string? LockTable { get; init; }

    [Description("Region that every version of the state is copied to, in a bucket of the name of the state bucket and -replica; none keeps the versions in one place.")]
    public string? ReplicaRegion { get; init; }

    /// <summary>The state bucket: the one that is set, else the project's own in the account.</summary>
    public string BucketOf(Names names) => Bucket ?? names.StateBucket;

    /// <summary>The lock table: the one that is set, else the project's own in the account.</summary>
    public string LockTableOf(Names names) => LockTable ?? names.LockTable;
}
