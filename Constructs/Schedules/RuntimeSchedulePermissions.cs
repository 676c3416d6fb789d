using Infra.Constructs.Foundation;
using Infra.Constructs.GitHub;
using Infra.Constructs.Iam;
using Infra.Constructs.Permissions;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Constructs.Schedules;

/// <summary>
/// Permissions of a scheduled action: create and destroy the resources of runtime, which depend on their types, with runtime's state; of
/// base it only reads the state.
/// </summary>
internal static class RuntimeSchedulePermissions
{
    /// <summary>For every mode: logs, the override, and the one-time schedule at its end.</summary>
    public static IEnumerable<Statement> Turn(DeploymentContext context)
    {
        yield return Allow.WriteLogs("Logs", $"{context.Arn("logs", $"log-group:{RuntimeScheduleBuild.LogGroupOf(context)}")}:*");
        yield return new Statement
        {
            Sid = "Override",
            Actions = ["ssm:GetParameters"],
            Resources = [context.Arn("ssm", $"parameter{context.Names.ScheduleOverride}")],
        };
        yield return new Statement
        {
            Sid = "NextTurn",
            Actions = ["scheduler:CreateSchedule", "scheduler:UpdateSchedule"],
            Resources = [context.Arn("scheduler", $"schedule/{context.Names.ScheduleGroup}/{ScheduleProject.OneTimeScheduleName}")],
        };
        yield return Allow.PassRoles(
            "PassScheduleRole", [context.GlobalArn("iam", $"role/{context.Names.For(NameRule.IamRole, "schedule")}")],
            "scheduler.amazonaws.com");
    }

    /// <summary>Terraform state: read base's, write runtime's, acquire its locks, and read the stored deployment.</summary>
    public static IEnumerable<Statement> State(DeploymentContext context, string bucketArn, string lockTableArn)
    {
        foreach (Statement statement in StatePermissions.OfRuntime(context, bucketArn, lockTableArn))
            yield return statement;
        string deployments = $"arn:aws:s3:::{context.Names.Bucket(Names.DeploymentsPurpose)}";
        yield return new Statement
        {
            Sid = "StoredDeploymentBucket",
            Actions = ["s3:GetBucketAcl", "s3:GetBucketLocation"],
            Resources = [deployments]
        };
        yield return Allow.ReadObjects("StoredDeployment", $"{deployments}/{Names.StoredDeployment}");
    }

    /// <summary>Create and destroy the resources of runtime.</summary>
    public static IEnumerable<Statement> Runtime(DeploymentContext context, ResourcesInUse used)
    {
        ResourcePermissions resources = ResourcePermissions.OfRuntime(context, used);
        foreach (Statement statement in resources.Statements(Access.Read, Access.Write))
            yield return statement;
        if (resources.PassedTo.Count > 0)
            yield return Allow.PassRoles(
                "PassRoles", [context.GlobalArn("iam", $"role/{context.Names.Prefix}-*")], resources.PassedTo);
        // What is encrypted with the environment's customer managed key, if it has one: the stored deployment, schedules of jobs, the
        // volume of a NAT instance.
        yield return OwnKey.Through(context, "UseKey", "ec2", "s3", "scheduler");
    }

    /// <summary>Scale services to zero and back.</summary>
    public static IEnumerable<Statement> Scale(DeploymentContext context)
    {
        yield return Allow.UpdateServices("Tasks", context.Arn("ecs", $"service/{context.Names.Cluster}/*"));
        yield return new Statement
        {
            Sid = "Targets",
            Actions = ["application-autoscaling:RegisterScalableTarget"],
            Resources = [context.Arn("application-autoscaling", "scalable-target/*")],
            Conditions =
            [
                new Condition("StringEquals", "aws:ResourceTag/Environment", context.Names.Environment),
                new Condition("StringEquals", "aws:ResourceTag/Project", context.Names.Project),
            ],
        };
    }
}
