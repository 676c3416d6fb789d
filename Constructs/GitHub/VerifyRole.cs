using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// The role with which workflows verify every week what applications depend on. Nobody is asked to approve that, so it trusts the
/// deployment branch without a GitHub environment, and its permissions are those of the push role, to read, and to write and delete objects
/// below one prefix.
/// </summary>
internal sealed class VerifyRole : Construct
{
    public VerifyRole(Construct scope, string id, DeliveryRoleProps props) : base(scope, id) =>
        // IAM rejects a policy without a statement.
        Arn = new Role(this, id, new RoleProps(
            props.Context, GitHubRoles.Verify, OidcSubject.TrustBranch(props.Context, props.GitHub, OidcSubject.OfBranch(props.GitHub)))
        {
            Description = $"GitHub Actions of {props.GitHub.Repository} verify what applications depend on.",
            Policies = new[] { new PolicyDocument(Permissions(props)) }
                .Where(policy => policy.Statements.Count > 0).ToDictionary(_ => "verify"),
        }).Outputs.Arn;

    public string Arn { get; }

    private static IEnumerable<Statement> Permissions(DeliveryRoleProps props)
    {
        DeploymentContext context = props.Context;
        if (props.RepositoryArns.Count > 0)
        {
            foreach (Statement statement in PushRole.Push(props.RepositoryArns))
                yield return statement;
        }
        if (props.Services.Count > 0)
        {
            yield return new Statement
            {
                Sid = "Services",
                Actions = ["ecs:DescribeServices"],
                Resources = [.. props.Services.Select(service => context.Arn("ecs", $"service/{props.ClusterName}/{service.ServiceName}"))],
            };
            yield return new Statement
            {
                Sid = "Releases",
                Actions = ["ssm:GetParameter"],
                Resources = [.. props.Services.Select(service => context.Arn("ssm", $"parameter{service.ReleaseParameter}"))],
            };
        }
        if (props.Sites.Count > 0)
        {
            yield return new Statement
            {
                Sid = "Sites",
                Actions = ["s3:ListBucket"],
                Resources = [.. props.Sites.Select(site => site.BucketArn)],
            };
        }
        foreach (Statement statement in ProbePermissions.OfArns(context, props.BucketArns))
            yield return statement;
        if (props.RepositoryArns.Count + props.Services.Count + props.BucketArns.Count > 0)
        {
            yield return new Statement
            {
                Sid = "Discovery",
                Actions = ["ssm:GetParameter", "ssm:GetParametersByPath"],
                Resources =
                    [context.Arn("ssm", $"parameter{context.Names.Discovery("")}".TrimEnd('/')),
                        context.Arn("ssm", $"parameter{context.Names.Discovery("*")}")],
            };
        }
    }
}
