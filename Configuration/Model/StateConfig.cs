using System.ComponentModel;

namespace Infra.Configuration.Model;

/// <summary>Where Terraform keeps its state. The bootstrap stack makes both.</summary>
public sealed record StateConfig
{
    [Description("State bucket. Default: {project}-tfstate-{account}.")]
    public string? Bucket { get; init; }

    [Description("DynamoDB table that locks the state. Default: {project}-tfstate-lock.")]
    public string? LockTable { get; init; }
}
