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

    /// <summary>The state bucket: the one that is set, else the project's own in the account.</summary>
    public string BucketOf(Names names) => Bucket ?? names.StateBucket;

    /// <summary>The lock table: the one that is set, else the project's own in the account.</summary>
    public string LockTableOf(Names names) => LockTable ?? names.LockTable;
}
