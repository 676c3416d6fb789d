using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Encryption;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// The role with which workflows deliver an application: push images, deploy a new version of a service, upload a site and invalidate its
/// distribution, publish layers. It trusts jobs of the GitHub environment, which can require approval, and in applications' repositories
/// the reusable workflows of this repository.
/// </summary>
internal sealed class DeliveryRole : Construct
{
    public DeliveryRole(Construct scope, string id, DeliveryRoleProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        GitHubConfig github = props.GitHub;
        // IAM rejects a policy without a statement; an environment with nothing to deliver has none.
        Dictionary<string, PolicyDocument> policies = new[] { new PolicyDocument(Permissions(props)) }
            .Where(policy => policy.Statements.Count > 0).ToDictionary(_ => "deliver");
        Arn = new Role(this, id,
            new RoleProps(context, GitHubRoles.Deliver, OidcSubject.TrustWorkflows(context, github, "deploy-site.yml", "publish-layer.yml"))
            {
                Name = context.Names.DeliveryRole,
                Description = $"GitHub Actions of {github.Repository} deliver applications.",
                Policies = policies,
            }).Outputs.Arn;
        if (github.LocalDelivery is { } local)
            LocalArn = new Role(this, GitHubRoles.DeliverLocally,
                new RoleProps(context, GitHubRoles.DeliverLocally, Trust.People(local.Principals, local.Mfa))
                {
                    Description = $"People test locally how GitHub Actions of {github.Repository} deliver applications.",
                    Policies = policies,
                }).Outputs.Arn;
    }

    public string Arn { get; }

    /// <summary>The role with which people do the same locally; none unless the environment file names them.</summary>
    public string? LocalArn { get; }

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
            string cluster = props.ClusterName;
            yield return Allow.UpdateServices(
                "Service", [.. props.Services.Select(service => context.Arn("ecs", $"service/{cluster}/{service.ServiceName}"))]);
            yield return new Statement
            {
                Sid = "TaskDefinitions",
                Actions = ["ecs:RegisterTaskDefinition"],
                Resources = [.. props.Services.Select(service => context.Arn("ecs", $"task-definition/{service.ServiceName}:*"))],
            };
            // DescribeTaskDefinition does not support resource-level permissions.
            yield return new Statement { Sid = "DescribeTaskDefinitions", Actions = ["ecs:DescribeTaskDefinition"], Resources = ["*"] };
            yield return Allow.PassRoles(
                "PassRoles", [.. props.Services.SelectMany(service => new[] { service.ExecutionRoleArn, service.TaskRoleArn })],
                "ecs-tasks.amazonaws.com");
            yield return new Statement
            {
                Sid = "Release",
                Actions = ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:PutParameter"],
                Resources = [.. props.Services.Select(service => context.Arn("ssm", $"parameter{service.ReleaseParameter}"))],
            };
        }
        if (props.Sites.Count > 0)
        {
            yield return new Statement
            {
                Sid = "SiteList",
                Actions = ["s3:ListBucket"],
                Resources = [.. props.Sites.Select(site => site.BucketArn)],
            };
            yield return Allow.ChangeObjects("Site", [.. props.Sites.Select(site => $"{site.BucketArn}/*")]);
            yield return new Statement
            {
                Sid = "Invalidate",
                Actions = ["cloudfront:CreateInvalidation", "cloudfront:GetInvalidation"],
                Resources = [.. props.Sites.Select(site => site.DistributionArn)],
            };
            yield return new Statement
            {
                Sid = "Discovery",
                Actions = ["ssm:GetParameter"],
                Resources = [context.Arn("ssm", $"parameter{context.Names.Discovery("*")}")],
            };
        }
        if (props.Layers is { } layers)
        {
            foreach (Statement statement in LayerPermissions.Of(context, layers))
                yield return statement;
        }
        if (props.Sites.Count > 0 || props.Layers is not null)
        {
            foreach (Statement statement in KeyPermissions.ReadAndWrite(context, "s3"))
                yield return statement;
        }
    }
}

internal sealed record DeliveryRoleProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Repository, branch and GitHub environment that are trusted.</summary>
    public required GitHubConfig GitHub { get; init; }

    /// <summary>Cluster of the services.</summary>
    public required string ClusterName { get; init; }

    /// <summary>Repositories that images are pushed to.</summary>
    public required IReadOnlyList<string> RepositoryArns { get; init; }

    /// <summary>Services that are deployed.</summary>
    public required IReadOnlyList<DeliveredService> Services { get; init; }

    /// <summary>Sites that are uploaded.</summary>
    public required IReadOnlyList<DeliveredSite> Sites { get; init; }

    /// <summary>Data buckets, which are only verified.</summary>
    public IReadOnlyList<string> BucketArns { get; init; } = [];

    /// <summary>Layers that are published; none where the environment has no layers.</summary>
    public DeliveredLayers? Layers { get; init; }
}

/// <summary>A service that workflows deliver.</summary>
internal sealed record DeliveredService(string ServiceName, string ExecutionRoleArn, string TaskRoleArn, string ReleaseParameter);

/// <summary>A site that workflows deliver.</summary>
internal sealed record DeliveredSite(string BucketArn, string DistributionArn);
