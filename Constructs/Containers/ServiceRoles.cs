using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Containers;

/// <summary>
/// The two roles of a service: one with which ECS starts its tasks (pull its image, read its secrets and parameters, write its
/// logs), one with which its containers act (what the environment file says it uses).
/// </summary>
internal sealed class ServiceRoles : Construct
{
    public ServiceRoles(Construct scope, string id, ServiceRolesProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string service = props.Service;
        PolicyDocument trust = Trust.Service(context, "ecs-tasks.amazonaws.com", context.Arn("ecs", "*"));
        ExecutionRoleArn = new Role(this, $"{service}-execution", new RoleProps(context, $"{service}-execution", trust)
        {
            Description = $"Starts tasks of {service}: pulls its image, reads its secrets, writes its logs.",
            Policies = new Dictionary<string, PolicyDocument> { ["start"] = new(Execution(props)) },
        }).Outputs.Arn;

        IReadOnlyList<Statement> rights = TaskRights.Of(context, props.Config, props.Grants);
        TaskRoleArn = new Role(this, $"{service}-task", new RoleProps(context, $"{service}-task", trust)
        {
            Description = $"What {service} itself may do.",
            Policies = rights.Count == 0 ? [] : new Dictionary<string, PolicyDocument> { ["uses"] = new(rights) },
        }).Outputs.Arn;
    }

    public string ExecutionRoleArn { get; }

    public string TaskRoleArn { get; }

    private static IEnumerable<Statement> Execution(ServiceRolesProps props)
    {
        // The one action of ECR that knows no resource.
        yield return new Statement { Sid = "Login", Actions = ["ecr:GetAuthorizationToken"], Resources = ["*"] };
        yield return new Statement
        {
            Sid = "Pull",
            Actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            Resources = [props.RepositoryArn],
        };
        yield return new Statement
        {
            Sid = "Logs",
            Actions = ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resources = [$"{props.LogGroupArn}:*"],
        };
        if (props.SecretArns.Count > 0)
            yield return new Statement { Sid = "Secrets", Actions = ["secretsmanager:GetSecretValue"], Resources = props.SecretArns };
        if (props.ParameterArns.Count > 0)
            yield return new Statement { Sid = "Parameters", Actions = ["ssm:GetParameters"], Resources = props.ParameterArns };
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Service">Name of the service in the environment file.</param>
/// <param name="Config">What the service uses.</param>
/// <param name="RepositoryArn">Repository of its image.</param>
/// <param name="LogGroupArn">Log group of its containers.</param>
/// <param name="SecretArns">Secrets that become environment variables.</param>
/// <param name="ParameterArns">Parameters that become environment variables.</param>
/// <param name="Grants">ARNs of what the service names in <c>uses</c>.</param>
internal sealed record ServiceRolesProps(
    DeploymentContext Context,
    string Service,
    ServiceConfig Config,
    string RepositoryArn,
    string LogGroupArn,
    IReadOnlyList<string> SecretArns,
    IReadOnlyList<string> ParameterArns,
    GrantableArns Grants);

/// <summary>ARNs by the names that services use for them in <c>uses</c>.</summary>
internal sealed record GrantableArns(
    IReadOnlyDictionary<string, string> Buckets,
    IReadOnlyDictionary<string, string> Tables,
    IReadOnlyDictionary<string, string> Secrets);
