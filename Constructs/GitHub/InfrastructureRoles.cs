using Constructs;
using HashiCorp.Cdktf.Providers.Aws.IamRolePolicyAttachment;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// The roles with which workflows run Terraform in one environment: one that can only look, for pull requests and the deploying
/// branch, one that changes things, for jobs of this repository that name the GitHub environment, and one that releases services, for
/// those of the application's repositories, too.
/// </summary>
internal sealed class InfrastructureRoles : Construct
{
    /// <summary>AWS's managed policy for reading how everything is configured, which a plan does.</summary>
    public const string ReadOnly = "arn:aws:iam::aws:policy/ReadOnlyAccess";

    public InfrastructureRoles(Construct scope, string id, InfrastructureRolesProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        GitHubConfig github = props.GitHub;
        PlanRoleArn = Role("plan", GitHubRoles.Plan, OidcSubject.Trust(context, OidcSubject.OfPullRequest(github), OidcSubject.OfBranch(github)), new Dictionary<string, PolicyDocument>
        {
            ["state"] = new(StateRights.Of(props.StateBucketArn, props.LockTableArn, write: false)),
            ["no-data"] = new(PlanRights.Of(props.StateBucketArn, props.LockTableArn)),
        });
        ApplyRoleArn = Role(
            "apply",
            GitHubRoles.Apply,
            OidcSubject.TrustBranch(context, github, OidcSubject.OfEnvironment(github, github.EnvironmentOf(context.Names))),
            ApplyPolicies(context, props.Services, props.StateBucketArn, props.LockTableArn));
        if (props.Releases)
            Role("release", GitHubRoles.Release, OidcSubject.TrustEnvironment(context, github), new Dictionary<string, PolicyDocument>
            {
                ["state"] = new(StateRights.OfRuntime(context, props.StateBucketArn, props.LockTableArn)),
                ["release"] = new(ReleaseRights.Of(context)),
                ["no-data"] = new(PlanRights.Of(props.StateBucketArn, props.LockTableArn)),
            });

        string Role(string what, string purpose, PolicyDocument trust, IReadOnlyDictionary<string, PolicyDocument> policies)
        {
            var role = new Role(this, $"{id}-{what}", new RoleProps(context, purpose, trust)
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

    /// <summary>What a role that deploys an environment may do beside reading, whoever takes it.</summary>
    public static IReadOnlyDictionary<string, PolicyDocument> ApplyPolicies(
        DeploymentContext context, IReadOnlySet<string> services, string stateBucketArn, string lockTableArn) =>
        new Dictionary<string, PolicyDocument>
        {
            ["state"] = new(StateRights.Of(stateBucketArn, lockTableArn, write: true)),
            ["services"] = new(ApplyRights.Services(context, services, stateBucketArn, lockTableArn)),
            ["roles"] = new(ApplyRights.Roles(context)),
        };

    public string PlanRoleArn { get; }

    public string ApplyRoleArn { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="GitHub">Repository and GitHub environment that are trusted.</param>
/// <param name="StateBucketArn">Bucket of the state.</param>
/// <param name="LockTableArn">Table of the locks.</param>
internal sealed record InfrastructureRolesProps(DeploymentContext Context, GitHubConfig GitHub, string StateBucketArn, string LockTableArn)
{
    /// <summary>Services of AWS that base and runtime are made of.</summary>
    public required IReadOnlySet<string> Services { get; init; }

    /// <summary>Whether there are services to release.</summary>
    public bool Releases { get; init; }
}
