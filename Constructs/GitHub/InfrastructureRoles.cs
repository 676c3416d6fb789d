using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Permissions;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// The roles with which workflows run Terraform in one environment: a read-only role for pull requests and the deployment branch, a role
/// that changes resources, for jobs of this repository that use the GitHub environment, and a role that releases, for those jobs and for
/// the release workflow that applications call.
/// </summary>
internal sealed class InfrastructureRoles : Construct
{
    public InfrastructureRoles(Construct scope, string id, InfrastructureRolesProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        GitHubConfig github = props.GitHub;
        (string plan, PlanRoleArn) = Role("plan", GitHubRoles.Plan, OidcSubject.Trust(context, OidcSubject.OfPullRequest(github),
            OidcSubject.OfBranch(github)), new Dictionary<string, PolicyDocument>
            {
                ["state"] = new(StatePermissions.Read(context, props.StateBucketArn, props.LockTableArn)),
                ["no-data"] = new(PlanPermissions.NoSecrets),
                ["inventory"] = new(github.Inventory ? [PlanPermissions.Inventory] : []),
            }.Where(policy => policy.Value.Statements.Count > 0).ToDictionary());
        props.Policies.LetRead(this, $"{id}-plan", plan);
        (string apply, ApplyRoleArn) = Role(
            "apply",
            GitHubRoles.Apply,
            OidcSubject.TrustBranch(context, github, OidcSubject.OfEnvironment(github, github.EnvironmentOf(context.Names))),
            ApplyPolicies(context, props.Used, props.StateBucketArn, props.LockTableArn, props.SmokeBuckets));
        props.Policies.LetChange(this, $"{id}-apply", apply);
        if (props.Released.Count > 0)
            Role("release", GitHubRoles.Release, OidcSubject.TrustRelease(context, github), new Dictionary<string, PolicyDocument>
            {
                ["state"] =
                    new(StatePermissions.OfRuntime(context, props.StateBucketArn, props.LockTableArn, context.Names.ReleaseLock("*"))),
                ["release"] = new(
                [
                    .. ReleasePermissions.Of(context, props.Released),
                    .. ReleasePermissions.Smoke(context, props.Sites, props.SmokeBuckets),
                    .. ReleasePermissions.StartedBefore(context, props.Used),
                    .. ReleasePermissions.Verify(context, props.Released),
                    .. ReleasePermissions.VerifyDatabases(context, props.Databases),
                    .. ReleasePermissions.Snapshots(context, props.MigratedDatabases),
                ]),
            });

        (string Name, string Arn) Role(string what, string purpose, PolicyDocument trust, IReadOnlyDictionary<string,
            PolicyDocument> policies)
        {
            var role = new Role(this, $"{id}-{what}", new RoleProps(context, purpose, trust)
            {
                Description = $"GitHub Actions of {github.Repository} {what} {context.Names.Environment}.",
                Policies = policies,
                Bounded = false,
            });
            return (role.IamRole.Name, role.Outputs.Arn);
        }
    }

    /// <summary>Permissions of a role that deploys an environment, in addition to those on its resources.</summary>
    public static IReadOnlyDictionary<string, PolicyDocument> ApplyPolicies(
        DeploymentContext context, ResourcesInUse used, string stateBucketArn, string lockTableArn, IReadOnlyList<string> smokeBuckets) =>
        new Dictionary<string, PolicyDocument>
        {
            ["state"] = new([.. StatePermissions.Write(context, stateBucketArn, lockTableArn), StatePermissions.NothingElse(stateBucketArn,
                lockTableArn)]),
            ["roles"] = new(ApplyPermissions.Roles(context, new ResourcePermissions(context, used))),
            ["operations"] = new([.. ApplyPermissions.Operations(context, used), .. ProbePermissions.Of(context, smokeBuckets)]),
        }.Where(policy => policy.Value.Statements.Count > 0).ToDictionary();

    public string PlanRoleArn { get; }

    public string ApplyRoleArn { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="GitHub">Repository and GitHub environment that are trusted.</param>
/// <param name="StateBucketArn">Bucket of the state.</param>
/// <param name="LockTableArn">Table of the locks.</param>
internal sealed record InfrastructureRolesProps(DeploymentContext Context, GitHubConfig GitHub, string StateBucketArn, string LockTableArn)
{
    /// <summary>Resource types of base and runtime.</summary>
    public required ResourcesInUse Used { get; init; }

    /// <summary>Policies to read and change these resources.</summary>
    public required DeploymentPolicies Policies { get; init; }

    /// <summary>Services that are released.</summary>
    public IReadOnlyList<Released> Released { get; init; } = [];

    /// <summary>Sites, which smoke tests check.</summary>
    public IReadOnlyList<string> Sites { get; init; } = [];

    /// <summary>Identifiers of databases.</summary>
    public IReadOnlyList<string> Databases { get; init; } = [];

    /// <summary>Identifiers of databases of which releases take snapshots.</summary>
    public IReadOnlyList<string> MigratedDatabases { get; init; } = [];

    /// <summary>Purposes of buckets in which smoke tests write objects.</summary>
    public IReadOnlyList<string> SmokeBuckets { get; init; } = [];
}
