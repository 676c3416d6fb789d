using System.ComponentModel;
using Infra.Naming;

namespace Infra.Configuration.Model;

/// <summary>Location of Terraform's state. The bootstrap stack creates bucket and table.</summary>
public sealed record StateConfig
{
    [Description(
        "State bucket, with the placeholders {project}, {env}, {account} and {region}; environments that share an account and a project "
            + "share it. Default: {project}-tfstate-{account}.")]
    public string? Bucket { get; init; }

    [Description("DynamoDB table that locks the state, with the same placeholders. Default: {project}-tfstate-lock.")]
    public string? LockTable { get; init; }

    [Description(
        "Keys of the states of base and runtime, with the same placeholders and {stack}, for example "
            + "infrastructure/{stack}/terraform.tfstate. Default: {project}/{env}/{stack}.")]
    public string? Key { get; init; }

    [Description(
        "Region that every version of the state is replicated to, in a bucket with the name of the state bucket and -replica; none for "
            + "no replica.")]
    public string? ReplicaRegion { get; init; }

    /// <summary>The state bucket: the configured one, otherwise the project's bucket of the account.</summary>
    public string BucketOf(Names names) => Bucket is { } pattern ? names.Fill(pattern) : names.StateBucket;

    /// <summary>The lock table: the configured one, otherwise the project's table.</summary>
    public string LockTableOf(Names names) => LockTable is { } pattern ? names.Fill(pattern) : names.LockTable;
}
