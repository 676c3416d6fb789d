using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Encryption;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Containers;

/// <summary>
/// The roles of a service: the execution role with which ECS starts its tasks (pulls images, reads secrets and parameters, writes logs) and
/// the task role of its containers (what the environment file lists under <c>uses</c>). If needed, also an execution role for its
/// migration, which can read more, and a role with which schedules start its jobs.
/// </summary>
internal sealed class ServiceRoles : Construct
{
    private const string Tasks = "ecs-tasks.amazonaws.com";

    public ServiceRoles(Construct scope, string id, ServiceRolesProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        ServiceConfig config = props.Config;
        string service = props.Service;
        PolicyDocument trust = Trust.Service(context, Tasks, context.Arn("ecs", "*"));
        ExecutionRoleArn = Execution(
            props, $"{service}-execution", context.Names.ExecutionRole(service), trust,
            $"Starts tasks of {service}: pulls its image, reads its secrets, writes its logs.",
            [config, .. config.Sidecars.Values, .. config.Jobs.Values]);

        IReadOnlyList<Statement> rights = TaskPermissions.Of(context, config, props.Grants, props.Traces);
        TaskRoleArn = new Role(this, $"{service}-task", new RoleProps(context, $"{service}-task", trust)
        {
            Name = context.Names.TaskRole(service),
            Description = $"What {service} itself may do.",
            Policies = rights.Count == 0 ? [] : new Dictionary<string, PolicyDocument> { ["uses"] = new(rights) },
        }).Outputs.Arn;

        MigrationRoleArn = config.Migration is null
            ? null
            : Execution(props, $"{service}-migration-execution", context.Names.MigrationRole(service), trust,
                $"Starts the migration of {service}: reads what only it may read.", [config, config.Migration, .. CreatedDatabaseUser.Of(config)]);
        JobRoleArn = config.Jobs.Count == 0 ? null : Scheduler(props);
    }

    public string ExecutionRoleArn { get; }

    public string TaskRoleArn { get; }

    /// <summary>Execution role of the migration; none without one.</summary>
    public string? MigrationRoleArn { get; }

    /// <summary>Role that starts jobs; none without jobs.</summary>
    public string? JobRoleArn { get; }

    private string Execution(
        ServiceRolesProps props, string purpose, string name, PolicyDocument trust, string description, IVariables[] containers) =>
        new Role(this, purpose, new RoleProps(props.Context, purpose, trust)
        {
            Name = name,
            Description = description,
            Policies = new Dictionary<string, PolicyDocument> { ["start"] = new(Starting(props, containers)) },
        }).Outputs.Arn;

    private static IEnumerable<Statement> Starting(ServiceRolesProps props, IVariables[] containers)
    {
        yield return Allow.RegistryLogin;
        yield return new Statement
        {
            Sid = "Pull",
            Actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            Resources =
                [props.RepositoryArn, .. containers.OfType<SidecarConfig>()
                    .Select(sidecar => RepositoryArn.OfImage(sidecar.Image))
                    .OfType<string>()
                    .Distinct()
                    .Order(StringComparer.Ordinal)],
        };
        if (props.RuntimeMonitoring)
            yield return new Statement
            {
                // GuardDuty adds its agent to the task; ECS pulls its image with this role. The repository is in an account of AWS, which
                // differs between Regions. https://docs.aws.amazon.com/guardduty/latest/ug/prereq-runtime-monitoring-ecs-support.html
                Sid = "PullGuardDutyAgent",
                Actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                Resources = [$"arn:aws:ecr:{props.Context.Region}:*:repository/aws-guardduty-agent-fargate"],
            };
        yield return Allow.WriteLogs("Logs", $"{props.LogGroupArn}:*");
        string[] secrets =
            [.. containers.SelectMany(container => container.Secrets.Values)
                .Distinct()
                .Order(StringComparer.Ordinal)
                .Select(secret => props.Grants.Secrets[secret])];
        string[] parameters =
        [
            .. containers.SelectMany(container => container.Parameters.Values).Distinct().Order(StringComparer.Ordinal)
                .Select(parameter => props.Context.Arn("ssm", $"parameter{props.Context.Names.Parameter(parameter)}")),
        ];
        if (secrets.Length > 0)
            yield return new Statement { Sid = "Secrets", Actions = ["secretsmanager:GetSecretValue"], Resources = secrets };
        if (parameters.Length > 0)
            yield return new Statement { Sid = "Parameters", Actions = ["ssm:GetParameters"], Resources = parameters };
        string[] encrypted =
        [
            .. secrets.Length > 0 ? ["secretsmanager"] : Array.Empty<string>(),
            .. parameters.Length > 0 ? ["ssm"] : Array.Empty<string>(),
        ];
        foreach (Statement statement in KeyPermissions.Read(props.Context, encrypted))
            yield return statement;
    }

    private string Scheduler(ServiceRolesProps props)
    {
        DeploymentContext context = props.Context;
        Names names = context.Names;
        string purpose = $"{props.Service}-jobs";
        return new Role(
            this, purpose,
            new RoleProps(context, purpose,
                Trust.Service(context, "scheduler.amazonaws.com", context.Arn("scheduler", $"schedule-group/{names.JobGroup}")))
            {
                Name = names.JobRole(props.Service),
                Description = $"Starts jobs of {props.Service}.",
                Policies = new Dictionary<string, PolicyDocument>
                {
                    ["run"] = new(
                [
                    new Statement
                    {
                        Sid = "Run",
                        Actions = ["ecs:RunTask"],
                        Resources =
                            [.. props.Config.Jobs.Keys.Order(StringComparer.Ordinal)
                                .Select(job => context.Arn("ecs", $"task-definition/{names.JobFamily(props.Service, job)}:*"))],
                        Conditions = [new Condition("ArnEquals", "ecs:cluster", context.Arn("ecs", $"cluster/{names.Cluster}"))],
                    },
                    new Statement
                    {
                        Sid = "Tag",
                        Actions = ["ecs:TagResource"],
                        Resources = [context.Arn("ecs", $"task/{names.Cluster}/*")],
                        Conditions = [new Condition("StringEquals", "ecs:CreateAction", "RunTask")],
                    },
                    Allow.PassRoles("PassRoles", [ExecutionRoleArn, TaskRoleArn], Tasks),
                    // Schedules are stored encrypted.
                    .. KeyPermissions.Read(context, "scheduler"),
                ]),
                },
            }).Outputs.Arn;
    }
}

internal sealed record ServiceRolesProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Name of the service in the environment file.</summary>
    public required string Service { get; init; }

    /// <summary>What the service uses, and its sidecars.</summary>
    public required ServiceConfig Config { get; init; }

    /// <summary>Repository of its image.</summary>
    public required string RepositoryArn { get; init; }

    /// <summary>Log group of its containers.</summary>
    public required string LogGroupArn { get; init; }

    /// <summary>ARNs of the resources that the service can name.</summary>
    public required GrantableArns Grants { get; init; }

    /// <summary>Whether its tasks send traces to X-Ray. Default: false.</summary>
    public bool Traces { get; init; }

    /// <summary>Whether GuardDuty adds its agent to tasks. Default: false.</summary>
    public bool RuntimeMonitoring { get; init; }
}

/// <summary>ARNs by the names that services use for them in <c>uses</c> and <c>secrets</c>.</summary>
internal sealed record GrantableArns(
    IReadOnlyDictionary<string, string> Buckets,
    IReadOnlyDictionary<string, string> Tables,
    IReadOnlyDictionary<string, string> Queues,
    IReadOnlyDictionary<string, string> Secrets);
