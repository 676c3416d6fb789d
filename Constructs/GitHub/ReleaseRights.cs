using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// What a role that releases may do beside reading how things are configured: write the release ledger, and apply to runtime what follows from it. It
/// changes which image runs, and nothing else that runtime is made of.
/// </summary>
internal static class ReleaseRights
{
    public static IEnumerable<Statement> Of(DeploymentContext context)
    {
        Names names = context.Names;
        yield return new Statement
        {
            Sid = "Ledger",
            Actions = ["ssm:LabelParameterVersion", "ssm:PutParameter"],
            Resources = [context.Arn("ssm", $"parameter{names.Release("*")}")],
        };
        yield return new Statement
        {
            Sid = "Services",
            Actions = ["ecs:UpdateService"],
            Resources = [context.Arn("ecs", $"service/{names.Cluster}/*")],
        };
        yield return new Statement
        {
            Sid = "Jobs",
            Actions = ["scheduler:UpdateSchedule"],
            Resources = [context.Arn("scheduler", $"schedule/{names.JobGroup}/*")],
        };
        yield return new Statement
        {
            Sid = "OneOffTasks",
            Actions = ["ecs:RunTask", "ecs:StopTask", "ecs:TagResource"],
            Resources = [context.Arn("ecs", $"task-definition/{names.Prefix}-*"), context.Arn("ecs", $"task/{names.Cluster}/*")],
        };
        // Actions that AWS defines for no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
        yield return new Statement
        {
            Sid = "WithoutResource",
            Actions = ["ecs:DeregisterTaskDefinition", "ecs:RegisterTaskDefinition"],
            Resources = ["*"],
        };
        yield return new Statement
        {
            Sid = "PassRoles",
            Actions = ["iam:PassRole"],
            Resources = [context.GlobalArn("iam", $"role/{names.Prefix}-*")],
            Conditions = [new Condition("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com", "scheduler.amazonaws.com")],
        };
        // What the schedule's builds bring back in the morning is the version of the last release.
        yield return new Statement
        {
            Sid = "StoredDeployment",
            Actions = ["s3:PutObject"],
            Resources = [$"arn:aws:s3:::{names.Bucket(Names.DeploymentsPurpose)}/*"],
        };
    }
}
