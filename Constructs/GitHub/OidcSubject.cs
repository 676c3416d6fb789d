using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.GitHub;

/// <summary>
/// Trust in GitHub's OIDC tokens, matched exactly. https://docs.github.com/actions/reference/security/oidc
/// </summary>
internal static class OidcSubject
{
    private const string Host = "token.actions.githubusercontent.com";

    /// <summary>ARN of the provider that the bootstrap stack makes once in an account.</summary>
    public static string ProviderArn(DeploymentContext context) => context.GlobalArn("iam", $"oidc-provider/{Host}");

    /// <summary>URL of the tokens' issuer.</summary>
    public static string IssuerUrl => $"https://{Host}";

    /// <summary>Subjects of jobs that name a GitHub environment; such tokens name neither branch nor event.</summary>
    public static string OfEnvironment(GitHubConfig github, string environment) => $"repo:{Repository(github)}:environment:{environment}";

    /// <summary>Subject of jobs on the branch that deploys.</summary>
    public static string OfBranch(GitHubConfig github) => $"repo:{Repository(github)}:ref:refs/heads/{github.Branch}";

    /// <summary>Subject of jobs on pull requests.</summary>
    public static string OfPullRequest(GitHubConfig github) => $"repo:{Repository(github)}:pull_request";

    /// <summary>Trust policy for exactly these subjects.</summary>
    public static PolicyDocument Trust(DeploymentContext context, params IReadOnlyList<string> subjects) => new(new Statement
    {
        Sid = "GitHubActions",
        Actions = ["sts:AssumeRoleWithWebIdentity"],
        Principal = new Principal("Federated", ProviderArn(context)),
        Conditions =
        [
            new Condition("StringEquals", $"{Host}:aud", "sts.amazonaws.com"),
            new Condition("StringEquals", $"{Host}:sub", subjects),
        ],
    });

    // Repositories made or renamed since 15 July 2026 carry their numeric ids in the subject.
    private static string Repository(GitHubConfig github)
    {
        if (github.OwnerId is null || github.RepositoryId is null) return github.Repository;
        string[] parts = github.Repository.Split('/');
        return $"{parts[0]}@{github.OwnerId}/{parts[1]}@{github.RepositoryId}";
    }
}
