using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Permissions;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// Permissions of a role that releases: write the release ledger, and apply the resulting changes to runtime. It can change which image
/// runs, and no other resource of runtime; it cannot write what the schedule's builds apply.
/// </summary>
internal static class ReleasePermissions
{
    private const string Tasks = "ecs-tasks.amazonaws.com";

    private const string Scheduler = "scheduler.amazonaws.com";

    /// <param name="context">The deployment.</param>
    /// <param name="released">Its services. Not agents: their version is a CloudFormation stack, which is more than a release may change:
    /// docs/delivery.md.</param>
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
            // A release adds a tag to the image that it deploys, so that the lifecycle policy keeps it; no layer is pushed.
            Actions = ["ecr:BatchGetImage", "ecr:DescribeImages", "ecr:PutImage"],
            Resources = [.. released.Select(each => context.Arn("ecr", $"repository/{names.Repository(each.Repository)}")).Distinct()],
        };
        foreach (Statement statement in Services(context, released))
            yield return statement;
        Released[] withJobs = [.. released.Where(service => service.JobRole is not null)];
        foreach (Statement statement in withJobs.Length == 0 ? [] : Jobs(context, withJobs))
            yield return statement;
    }

    /// <summary>Permissions of smoke tests: check whether a site has been uploaded, write and read the objects of a test.</summary>
    public static IEnumerable<Statement> Smoke(DeploymentContext context, IReadOnlyList<string> sites, IReadOnlyList<string> buckets)
    {
        if (sites.Count > 0)
            yield return new Statement
            {
                Sid = "SiteList",
                Actions = ["s3:ListBucket"],
                Resources = [.. sites.Select(site => $"arn:aws:s3:::{context.Names.Bucket(site)}")]
            };
        foreach (Statement statement in ProbePermissions.Of(context, buckets))
            yield return statement;
    }

    /// <summary>Permissions of <c>verify end-to-end</c>: what the roles of services may do, and which rules their requests pass.</summary>
    public static IEnumerable<Statement> Verify(DeploymentContext context, IReadOnlyList<Released> released)
    {
        if (released.Count == 0)
            yield break;
        yield return new Statement
        {
            Sid = "VerifyRoles",
            Actions = ["iam:SimulatePrincipalPolicy"],
            Resources =
            [
                .. released.SelectMany(service => service.Roles).Distinct()
                    .Select(role => context.GlobalArn("iam", $"role/{role}")),
            ],
        };
        // Actions without resource-level permissions:
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
        yield return new Statement
        {
            Sid = "VerifyNetwork",
            Actions =
            [
                "ec2:DescribeSecurityGroupRules", "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeTargetGroups",
                "elasticloadbalancing:DescribeTargetHealth",
            ],
            Resources = ["*"],
        };
    }

    /// <summary>Permission of <c>verify end-to-end</c> to find the security groups of databases.</summary>
    public static IEnumerable<Statement> VerifyDatabases(DeploymentContext context, IReadOnlyList<string> databases)
    {
        if (databases.Count > 0)
            yield return new Statement
            {
                Sid = "VerifyDatabases",
                Actions = ["rds:DescribeDBInstances"],
                Resources = [.. databases.Select(name => context.Arn("rds", $"db:{name}"))],
            };
    }

    /// <summary>
    /// Permissions to take a snapshot before a migration, and to delete only such snapshots. No tags are sent: RDS copies the instance's.
    /// </summary>
    public static IEnumerable<Statement> Snapshots(DeploymentContext context, IReadOnlyList<string> databases)
    {
        if (databases.Count == 0)
            yield break;
        string[] snapshots =
            [.. databases.Select(name => context.Arn("rds", $"snapshot:{SnapshotPurpose.Prefix(name, SnapshotPurpose.Migration)}*"))];
        yield return new Statement
        {
            Sid = "MigrationSnapshots",
            Actions = ["rds:CreateDBSnapshot", "rds:DescribeDBSnapshots"],
            Resources = [.. databases.Select(name => context.Arn("rds", $"db:{name}")), .. snapshots],
        };
        yield return new Statement { Sid = "DeleteMigrationSnapshots", Actions = ["rds:DeleteDBSnapshot"], Resources = snapshots };
    }

    /// <summary>Services depend on a NAT instance; a plan of the services reads the AMI that it starts from.</summary>
    public static IEnumerable<Statement> StartedBefore(DeploymentContext context, ResourcesInUse used)
    {
        if (used.Runtime.Contains("aws_instance"))
            yield return new Statement
            {
                Sid = "InstanceImage",
                Actions = ["ssm:GetParameter"],
                Resources = [$"arn:aws:ssm:{context.Region}::parameter/aws/service/ami-amazon-linux-latest/*"],
            };
    }

    private static IEnumerable<Statement> Services(DeploymentContext context, IReadOnlyList<Released> services)
    {
        Names names = context.Names;
        var inCluster = new Condition("ArnEquals", "ecs:cluster", context.Arn("ecs", $"cluster/{names.Cluster}"));
        string[] definitions = [.. services.SelectMany(service => service.Families).Select(family => context.Arn("ecs",
            $"task-definition/{family}:*"))];
        yield return Allow.UpdateServices("Services", [.. services.Select(service => context.Arn("ecs",
            $"service/{names.Cluster}/{names.Service(service.Name)}"))]);
        yield return new Statement
        {
            Sid = "TaskDefinitions",
            Actions = ["ecs:RegisterTaskDefinition", "ecs:TagResource"],
            Resources = definitions
        };
        // Actions without resource-level permissions:
        // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
        yield return new Statement
        {
            Sid = "WithoutResource",
            Actions = ["ecs:DeregisterTaskDefinition", "ecs:DescribeTaskDefinition"],
            Resources = ["*"]
        };
        yield return new Statement { Sid = "OneOffTasks", Actions = ["ecs:RunTask"], Resources = definitions, Conditions = [inCluster] };
        yield return new Statement
        {
            Sid = "RunningTasks",
            Actions = ["ecs:DescribeTasks", "ecs:StopTask"],
            Resources = [context.Arn("ecs", $"task/{names.Cluster}/*")]
        };
        // Its resource is a container instance, which Fargate does not have: the condition on the cluster limits it.
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
        // If the environment has a customer managed key, Scheduler encrypts with it as the caller that changes a schedule.
        yield return OwnKey.Through(context, "JobKey", "scheduler");
    }

    private static Statement PassRoles(DeploymentContext context, string sid, string to, IEnumerable<string> roles) => Allow.PassRoles(
        sid,
        [.. roles.Distinct().Select(role => context.GlobalArn("iam", $"role/{role}"))],
        to);
}

/// <summary>A service that is released.</summary>
/// <param name="Name">Its name in the environment file.</param>
/// <param name="Repository">App whose images it runs.</param>
/// <param name="Families">Families of its task definitions: its own, its jobs' and its migration's.</param>
/// <param name="Roles">Names of the roles that it runs with, and of those that start it.</param>
/// <param name="JobRole">Name of the role that starts its jobs; none without jobs.</param>
internal sealed record Released(string Name, string Repository, IReadOnlyList<string> Families, IReadOnlyList<string> Roles,
    string? JobRole);
