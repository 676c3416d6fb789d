using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Permissions;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// What a role that releases may do: write the release ledger, and apply to runtime what follows from it. It changes which image runs, and nothing else that
/// runtime is made of; what the schedule's builds apply is not its to write.
/// </summary>
internal static class ReleaseRights
{
    private const string Tasks = "ecs-tasks.amazonaws.com";

    private const string Agents = "bedrock-agentcore.amazonaws.com";

    private const string Scheduler = "scheduler.amazonaws.com";

    /// <param name="context">The deployment.</param>
    /// <param name="released">Its services and agents.</param>
    public static IEnumerable<Statement> Of(DeploymentContext context, IReadOnlyList<Released> released)
    {
        Names names = context.Names;
        yield return new Statement
        {
            Sid = "Ledger",
            Actions = ["ssm:GetParameter", "ssm:GetParameterHistory", "ssm:LabelParameterVersion", "ssm:PutParameter"],
            Resources = [.. released.Select(each => context.Arn("ssm", $"parameter{names.Release(each.Name)}"))],
        };
        yield return new Statement
        {
            Sid = "Images",
            Actions = ["ecr:BatchGetImage", "ecr:DescribeImages"],
            Resources = [.. released.Select(each => context.Arn("ecr", $"repository/{names.Repository(each.Repository)}")).Distinct()],
        };
        Released[] services = [.. released.Where(each => !each.IsAgent)];
        foreach (Statement statement in services.Length == 0 ? [] : Services(context, services))
            yield return statement;
        Released[] withJobs = [.. services.Where(service => service.JobRole is not null)];
        foreach (Statement statement in withJobs.Length == 0 ? [] : Jobs(context, withJobs))
            yield return statement;
        Released[] agents = [.. released.Where(each => each.IsAgent)];
        foreach (Statement statement in agents.Length == 0 ? [] : OfAgents(context, agents))
            yield return statement;
    }

    /// <summary>What smoke tests look at: whether a site was uploaded yet.</summary>
    public static IEnumerable<Statement> Smoke(DeploymentContext context, IReadOnlyList<string> sites)
    {
        if (sites.Count > 0)
            yield return new Statement { Sid = "SiteList", Actions = ["s3:ListBucket"], Resources = [.. sites.Select(site => $"arn:aws:s3:::{context.Names.Bucket(site)}")] };
    }

    private static IEnumerable<Statement> Services(DeploymentContext context, IReadOnlyList<Released> services)
    {
        Names names = context.Names;
        var inCluster = new Condition("ArnEquals", "ecs:cluster", context.Arn("ecs", $"cluster/{names.Cluster}"));
        string[] definitions = [.. services.SelectMany(service => service.Families).Select(family => context.Arn("ecs", $"task-definition/{family}:*"))];
        yield return new Statement
        {
            Sid = "Services",
            Actions = ["ecs:DescribeServices", "ecs:UpdateService"],
            Resources = [.. services.Select(service => context.Arn("ecs", $"service/{names.Cluster}/{names.For(NameRule.Ecs, service.Name)}"))],
        };
        yield return new Statement { Sid = "TaskDefinitions", Actions = ["ecs:RegisterTaskDefinition", "ecs:TagResource"], Resources = definitions };
        // Actions that AWS defines for no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
        yield return new Statement { Sid = "WithoutResource", Actions = ["ecs:DeregisterTaskDefinition", "ecs:DescribeTaskDefinition"], Resources = ["*"] };
        yield return new Statement { Sid = "OneOffTasks", Actions = ["ecs:RunTask"], Resources = definitions, Conditions = [inCluster] };
        yield return new Statement { Sid = "RunningTasks", Actions = ["ecs:DescribeTasks", "ecs:StopTask"], Resources = [context.Arn("ecs", $"task/{names.Cluster}/*")] };
        // Its resource is a container instance, of which Fargate has none: the cluster confines it.
        yield return new Statement { Sid = "ListTasks", Actions = ["ecs:ListTasks"], Resources = ["*"], Conditions = [inCluster] };
        yield return new Statement
        {
            Sid = "Logs",
            Actions = ["logs:DescribeLogStreams", "logs:GetLogEvents"],
            Resources = [.. services.Select(service => $"{context.Arn("logs", $"log-group:{names.ServiceLogGroup(service.Name)}")}:*")],
        };
        yield return PassRoles(context, "PassRoles", Tasks, services.SelectMany(service => service.Roles));
    }

    private static IEnumerable<Statement> Jobs(DeploymentContext context, IReadOnlyList<Released> services)
    {
        yield return new Statement
        {
            Sid = "Jobs",
            Actions = ["scheduler:GetSchedule", "scheduler:UpdateSchedule"],
            Resources = [context.Arn("scheduler", $"schedule/{context.Names.JobGroup}/*")],
        };
        yield return PassRoles(context, "PassJobRoles", Scheduler, services.Select(service => service.JobRole!));
        // Where the environment has a key of its own, Scheduler encrypts with it as whoever changes a schedule.
        yield return OwnKey.Through(context, "JobKey", "scheduler");
    }

    private static IEnumerable<Statement> OfAgents(DeploymentContext context, IReadOnlyList<Released> agents)
    {
        HashSet<string> stack = ["aws_cloudformation_stack"];
        foreach (Statement statement in new ResourcePermissions(context, new ResourcesInUse(stack, stack)).Statements(Access.Read, Access.Write))
            yield return statement;
        yield return new Statement
        {
            Sid = "InvokeAgents",
            Actions = ["bedrock-agentcore:InvokeAgentRuntime"],
            Resources = [.. agents.Select(agent => context.Arn("bedrock-agentcore", $"runtime/{context.Names.For(NameRule.AgentRuntime, agent.Name)}-*"))],
        };
        yield return PassRoles(context, "PassAgentRoles", Agents, agents.SelectMany(agent => agent.Roles));
    }

    private static Statement PassRoles(DeploymentContext context, string sid, string to, IEnumerable<string> purposes) => new()
    {
        Sid = sid,
        Actions = ["iam:PassRole"],
        Resources = [.. purposes.Distinct().Select(purpose => context.GlobalArn("iam", $"role/{context.Names.For(NameRule.IamRole, purpose)}"))],
        Conditions = [new Condition("StringEquals", "iam:PassedToService", to)],
    };
}

/// <summary>A service or an agent that is released.</summary>
/// <param name="Name">Its name in the environment file.</param>
/// <param name="Repository">App whose images it runs.</param>
/// <param name="IsAgent">Whether it is an agent.</param>
/// <param name="Families">Its task definitions: its own, its jobs' and its migration's; none of an agent.</param>
/// <param name="Roles">Purposes of the roles that it runs with, and of those that start it.</param>
/// <param name="JobRole">Purpose of the role that starts its jobs; none without jobs.</param>
internal sealed record Released(
    string Name, string Repository, bool IsAgent, IReadOnlyList<string> Families, IReadOnlyList<string> Roles, string? JobRole);
