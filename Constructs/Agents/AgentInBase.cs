namespace Infra.Constructs.Agents;

/// <summary>What outlives an agent's versions, and so lies in the base stack.</summary>
/// <param name="RepositoryUrl">ECR repository of its image, without digest.</param>
/// <param name="RoleArn">Role with which AgentCore runs it.</param>
/// <param name="ReleaseParameter">SSM parameter of the release ledger with the digest that it runs.</param>
internal sealed record AgentInBase(string RepositoryUrl, string RoleArn, string ReleaseParameter);
