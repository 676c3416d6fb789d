using Constructs;
using HashiCorp.Cdktf.Providers.Aws.IamRolePolicyAttachment;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.GitHub;

/// <summary>
/// The two roles with which workflows of this repository run Terraform in one environment: one that can only look, for pull
/// requests, and one that changes things, for jobs that name the GitHub environment.
/// </summary>
internal sealed class InfrastructureRoles : Construct
{
    private const string ReadOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";

    public InfrastructureRoles(Construct scope, string id, InfrastructureRolesProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        GitHubConfig github = props.GitHub;
        PlanRoleArn = Role("plan", OidcSubject.Trust(context, OidcSubject.OfPullRequest(github)), new Dictionary<string, PolicyDocument>
        {
            ["state"] = new(StateRights.Of(props.StateBucketArn, props.LockTableArn, write: false)),
            ["no-data"] = new(PlanRights.Of(props.StateBucketArn, props.LockTableArn)),
        });
        ApplyRoleArn = Role("apply", OidcSubject.Trust(context, OidcSubject.OfEnvironment(github, github.EnvironmentOf(context.Names))), new Dictionary<string, PolicyDocument>
        {
            ["state"] = new(StateRights.Of(props.StateBucketArn, props.LockTableArn, write: true)),
            ["services"] = new(ApplyRights.Services(context, props.StateBucketArn, props.LockTableArn)),
            ["roles"] = new(ApplyRights.Roles(context)),
        });

        string Role(string what, PolicyDocument trust, IReadOnlyDictionary<string, PolicyDocument> policies)
        {
            var role = new Role(this, $"{id}-{what}", new RoleProps(context, $"infra-{what}", trust)
            {
                Description = $"GitHub Actions of {github.Repository} {what} {context.Names.Environment}.",
                Policies = policies,
                Bounded = false,
            });
            new IamRolePolicyAttachment(this, $"{what}-read-only", new IamRolePolicyAttachmentConfig
            {
                Role = role.IamRole.Name,
                PolicyArn = ReadOnly,
            }).Named($"{id}-{what}-read-only");
            return role.Outputs.Arn;
        }
    }

    public string PlanRoleArn { get; }

    public string ApplyRoleArn { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="GitHub">Repository and GitHub environment that are trusted.</param>
/// <param name="StateBucketArn">Bucket of the state.</param>
/// <param name="LockTableArn">Table of the locks.</param>
internal sealed record InfrastructureRolesProps(DeploymentContext Context, GitHubConfig GitHub, string StateBucketArn, string LockTableArn);
