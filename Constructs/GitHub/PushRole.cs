using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// The role with which workflows push images, and do nothing else. Pushing comes before approval, so jobs on the deployment branch are
/// trusted without a GitHub environment, in this repository and in those of applications.
/// </summary>
internal sealed class PushRole : Construct
{
    public PushRole(Construct scope, string id, PushRoleProps props) : base(scope, id) =>
        Arn = new Role(this, id, new RoleProps(props.Context, GitHubRoles.Push, OidcSubject.TrustPush(props.Context, props.GitHub))
        {
            Description = $"GitHub Actions of {props.GitHub.Repository} push images.",
            Policies = new Dictionary<string, PolicyDocument> { ["push"] = new(Push(props.RepositoryArns)) },
        }).Outputs.Arn;

    public string Arn { get; }

    /// <summary>Permissions to push images and to check whether an image exists.</summary>
    public static IEnumerable<Statement> Push(IReadOnlyList<string> repositoryArns)
    {
        yield return Allow.RegistryLogin;
        yield return new Statement
        {
            Sid = "Push",
            Actions =
            [
                "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
                "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
            ],
            Resources = repositoryArns,
        };
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="GitHub">Repository, branch and GitHub environment that are trusted.</param>
/// <param name="RepositoryArns">Repositories that images are pushed to.</param>
internal sealed record PushRoleProps(DeploymentContext Context, GitHubConfig GitHub, IReadOnlyList<string> RepositoryArns);
