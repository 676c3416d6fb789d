namespace Infra.Contracts;

/// <summary>Resources of an agent that the base stack has, because they outlive its versions.</summary>
/// <param name="RepositoryUrl">ECR repository of its image, without digest.</param>
/// <param name="RoleArn">Role that AgentCore assumes to run it.</param>
/// <param name="ReleaseParameter">SSM parameter of the release ledger with the digest that it runs.</param>
public sealed record AgentBaseResources(string RepositoryUrl, string RoleArn, string ReleaseParameter);
