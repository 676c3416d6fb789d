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

    /// <summary>ARN of the provider that the bootstrap stack creates once per account.</summary>
    public static string ProviderArn(DeploymentContext context) => context.GlobalArn("iam", $"oidc-provider/{Host}");

    /// <summary>URL of the token issuer.</summary>
    public static string IssuerUrl => $"https://{Host}";

    /// <summary>Subject of jobs that use a GitHub environment; it contains neither branch nor event.</summary>
    public static string OfEnvironment(GitHubConfig github, string environment) => $"repo:{Repository(github)}:environment:{environment}";

    /// <summary>Subject of jobs on the deployment branch.</summary>
    public static string OfBranch(GitHubConfig github) => $"repo:{Repository(github)}:ref:refs/heads/{github.Branch}";

    /// <summary>Subject of jobs on pull requests.</summary>
    public static string OfPullRequest(GitHubConfig github) => $"repo:{Repository(github)}:pull_request";

    /// <summary>Trust policy for exactly these subjects.</summary>
    public static PolicyDocument Trust(DeploymentContext context, params IReadOnlyList<string> subjects) => Trust(context, [], subjects);

    /// <summary>
    /// Trust policy for exactly these subjects, and only on the deployment branch. The subject of a job that uses a GitHub environment does
    /// not contain its branch, so a job of any branch could use it if the environment's protection rules allow the branch. AWS can also
    /// check the token's ref claim:
    /// https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
    /// </summary>
    public static PolicyDocument TrustBranch(DeploymentContext context, GitHubConfig github, params IReadOnlyList<string> subjects) =>
        Trust(context, [OnBranch(github)], subjects);

    /// <summary>
    /// Trust policy for jobs that use the GitHub environment, on the deployment branch: jobs of this repository, and jobs of the
    /// applications' repositories only while they run one of these workflows of this repository, as of the deployment branch. An
    /// application's own job could use an environment without required reviewers, and do anything with the role.
    /// </summary>
    /// <remarks>
    /// The token contains the workflow that defines the job, whoever calls it: https://docs.github.com/actions/reference/security/oidc
    /// AWS can check that claim, too: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html
    /// </remarks>
    public static PolicyDocument TrustWorkflows(DeploymentContext context, GitHubConfig github, params IReadOnlyList<string> workflows)
    {
        string environment = github.EnvironmentOf(context.Names);
        PolicyDocument own = TrustBranch(context, github, OfEnvironment(github, environment));
        if (github.Applications.Count == 0)
            return own;
        string[] subjects = [.. github.Applications.Select(application => $"repo:{application}:environment:{environment}")];
        string[] called = [.. workflows.Select(workflow => $"{github.Repository}/.github/workflows/{workflow}@refs/heads/{github.Branch}")];
        return new PolicyDocument(
        [
            .. own.Statements,
            .. Trust(context, [OnBranch(github), new Condition("StringEquals", $"{Host}:job_workflow_ref", called)], subjects).Statements
                .Select(statement => statement with { Sid = "Applications" }),
        ]);
    }

    /// <summary>Trust policy of the role that releases services.</summary>
    public static PolicyDocument TrustRelease(DeploymentContext context, GitHubConfig github) => TrustWorkflows(context, github,
        "deploy-service.yml");

    /// <summary>
    /// Trust policy for jobs on the deployment branch, with or without the GitHub environment, of this repository and of the applications'
    /// repositories: only for pushing images.
    /// </summary>
    public static PolicyDocument TrustPush(DeploymentContext context, GitHubConfig github)
    {
        string environment = github.EnvironmentOf(context.Names);
        return TrustBranch(
            context,
            github,
            [
                OfBranch(github), OfEnvironment(github, environment),
                .. github.Applications.SelectMany(application => new[] { $"repo:{application}:ref:refs/heads/{github.Branch}",
                    $"repo:{application}:environment:{environment}" }),
            ]);
    }

    private static PolicyDocument Trust(DeploymentContext context, Condition[] further, IReadOnlyList<string> subjects) => new(new Statement
    {
        Sid = "GitHubActions",
        Actions = ["sts:AssumeRoleWithWebIdentity"],
        Principal = new Principal("Federated", ProviderArn(context)),
        Conditions =
        [
            new Condition("StringEquals", $"{Host}:aud", "sts.amazonaws.com"),
            new Condition("StringEquals", $"{Host}:sub", subjects),
            .. further,
        ],
    });

    private static Condition OnBranch(GitHubConfig github) => new("StringEquals", $"{Host}:ref", $"refs/heads/{github.Branch}");

    // Repositories created or renamed since 15 July 2026 have their numeric ids in the subject.
    private static string Repository(GitHubConfig github)
    {
        if (github.OwnerId is null || github.RepositoryId is null) return github.Repository;
        string[] parts = github.Repository.Split('/');
        return $"{parts[0]}@{github.OwnerId}/{parts[1]}@{github.RepositoryId}";
    }
}
