namespace Infra.Contracts;

/// <summary>What outlives an agent's versions, and so lies in the base stack.</summary>
/// <param name="RepositoryUrl">ECR repository of its image, without digest.</param>
/// <param name="RoleArn">Role with which AgentCore runs it.</param>
/// <param name="ReleaseParameter">SSM parameter of the release ledger with the digest that it runs.</param>
public sealed record AgentBaseResources(string RepositoryUrl, string RoleArn, string ReleaseParameter);
