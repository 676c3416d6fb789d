namespace Infra.Contracts;

/// <summary>Resources of a service that the base stack has, because they outlive its tasks.</summary>
/// <param name="RepositoryUrl">ECR repository of its image, without digest.</param>
/// <param name="ExecutionRoleArn">Role with which ECS starts its tasks.</param>
/// <param name="TaskRoleArn">Role of its containers.</param>
/// <param name="LogGroup">Log group of its containers.</param>
/// <param name="ReleaseParameter">SSM parameter of the release ledger with the digest that it runs.</param>
public sealed record ServiceBaseResources(
    string RepositoryUrl,
    string ExecutionRoleArn,
    string TaskRoleArn,
    string LogGroup,
    string ReleaseParameter)
{
    /// <summary>Role with which EventBridge Scheduler starts its jobs; none without jobs.</summary>
    public string? JobRoleArn { get; init; }

    /// <summary>Role with which ECS starts its migration; none without one.</summary>
    public string? MigrationRoleArn { get; init; }
}
