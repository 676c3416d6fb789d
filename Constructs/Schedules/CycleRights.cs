using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.GitHub;
using Infra.Constructs.Iam;
using Infra.Constructs.Networking;
using Infra.Naming;

namespace Infra.Constructs.Schedules;

/// <summary>What a turn of the schedule may do: make and destroy what runtime is made of, with runtime's state; of base it reads the state alone.</summary>
internal static class CycleRights
{
    /// <summary>Services all of whose resources are runtime's, but for images and logs, which are of other services.</summary>
    internal static readonly IReadOnlyList<string> Services =
        ["application-autoscaling", "cloudwatch", "ecs", "elasticloadbalancing", "events", "servicediscovery", "wafv2"];

    /// <summary>Every mode: logs, the override, and the schedule of the turn after it.</summary>
    public static IEnumerable<Statement> Turn(DeploymentContext context)
    {
        yield return new Statement
        {
            Sid = "Logs",
            Actions = ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resources = [$"{context.Arn("logs", $"log-group:{CycleBuild.LogGroupOf(context)}")}:*"],
        };
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
            Resources = [context.Arn("scheduler", $"schedule/{context.Names.ScheduleGroup}/override-end")],
        };
        yield return new Statement
        {
            Sid = "PassScheduleRole",
            Actions = ["iam:PassRole"],
            Resources = [context.GlobalArn("iam", $"role/{context.Names.For(NameRule.IamRole, "schedule")}")],
            Conditions = [new Condition("StringEquals", "iam:PassedToService", "scheduler.amazonaws.com")],
        };
    }

    /// <summary>To use an environment's own key, by way of the bucket that it encrypts; known by its tags, since base makes it later than this.</summary>
    public static IEnumerable<Statement> Key(DeploymentContext context)
    {
        yield return new Statement
        {
            Sid = "UseKey",
            Actions = ["kms:Decrypt", "kms:GenerateDataKey"],
            Resources = [context.Arn("kms", "key/*")],
            Conditions =
            [
                new Condition("StringEquals", "kms:ViaService", $"s3.{context.Region}.amazonaws.com"),
                new Condition("StringEquals", "aws:ResourceTag/Project", context.Names.Project),
                new Condition("StringEquals", "aws:ResourceTag/Environment", context.Names.Environment),
            ],
        };
    }

    /// <summary>Terraform's state: base's to read, runtime's to write, its locks, and what the last deployment has stored.</summary>
    public static IEnumerable<Statement> State(DeploymentContext context, string bucketArn, string lockTableArn)
    {
        foreach (Statement statement in StateRights.OfRuntime(context, bucketArn, lockTableArn))
            yield return statement;
        string deployments = $"arn:aws:s3:::{context.Names.Bucket(Names.DeploymentsPurpose)}";
        yield return new Statement { Sid = "StoredDeploymentBucket", Actions = ["s3:GetBucketAcl", "s3:GetBucketLocation"], Resources = [deployments] };
        yield return new Statement
        {
            Sid = "StoredDeployment",
            Actions = ["s3:GetObject", "s3:GetObjectVersion"],
            Resources = [$"{deployments}/{CycleBuild.StoredDeployment}"],
        };
    }

    /// <summary>To make and destroy what runtime is made of.</summary>
    public static IEnumerable<Statement> Runtime(DeploymentContext context, NetworkConfig network)
    {
        yield return new Statement
        {
            Sid = "Regional",
            Actions = [.. Services.Select(service => $"{service}:*")],
            Resources = [.. Services.Select(service => context.Arn(service, "*")), context.GlobalArn("cloudwatch", "dashboard/*")],
        };
        foreach (Statement statement in WayOutRights.Of(context, network))
            yield return statement;
        yield return new Statement
        {
            Sid = "Records",
            Actions = ["route53:ChangeResourceRecordSets", "route53:GetHostedZone", "route53:ListResourceRecordSets"],
            Resources = ["arn:aws:route53:::hostedzone/*"],
        };
        yield return new Statement { Sid = "RecordsArrive", Actions = ["route53:GetChange"], Resources = ["arn:aws:route53:::change/*"] };
        yield return new Statement
        {
            Sid = "Discovery",
            Actions = ["ssm:AddTagsToResource", "ssm:DeleteParameter", "ssm:PutParameter", "ssm:RemoveTagsFromResource"],
            Resources = [context.Arn("ssm", $"parameter{context.Names.Discovery("*")}")],
        };
        yield return new Statement
        {
            Sid = "Parameters",
            Actions = ["ssm:GetParameter", "ssm:GetParameters", "ssm:ListTagsForResource"],
            Resources = [context.Arn("ssm", $"parameter{context.Names.Parameter("*")}")],
        };
        yield return new Statement
        {
            Sid = "PassTaskRoles",
            Actions = ["iam:PassRole"],
            Resources = [context.GlobalArn("iam", $"role/{context.Names.Prefix}-*")],
            Conditions = [new Condition("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com")],
        };
        yield return new Statement
        {
            // Whoever sets a firewall's log lets AWS WAF write to it.
            // https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
            Sid = "FirewallLog",
            Actions = ["logs:DescribeLogGroups"],
            Resources = [context.Arn("logs", "log-group:*")],
        };
        // Schedules of jobs alone, which come and go with runtime; not those by which this build is started.
        yield return new Statement
        {
            Sid = "Jobs",
            Actions = ["scheduler:*"],
            Resources = [context.Arn("scheduler", $"schedule-group/{context.Names.JobGroup}"), context.Arn("scheduler", $"schedule/{context.Names.JobGroup}/*")],
        };
        yield return new Statement
        {
            Sid = "PassJobRoles",
            Actions = ["iam:PassRole"],
            Resources = [context.GlobalArn("iam", $"role/{context.Names.Prefix}-*")],
            Conditions = [new Condition("StringEquals", "iam:PassedToService", "scheduler.amazonaws.com")],
        };
        // Actions that AWS defines for no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonelasticcontainerservice.html
        // and list_amazoncloudwatchlogs.html
        yield return new Statement
        {
            Sid = "WithoutResource",
            Actions =
            [
                "ecs:CreateCluster", "ecs:DeregisterTaskDefinition", "ecs:RegisterTaskDefinition",
                "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:DescribeResourcePolicies", "logs:PutResourcePolicy",
            ],
            Resources = ["*"],
        };
    }

    /// <summary>
    /// To compare what there is with what is wanted, by actions that know no resource.
    /// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html and the pages of the other services
    /// </summary>
    public static IEnumerable<Statement> Look(NetworkConfig network)
    {
        yield return new Statement
        {
            Sid = "Look",
            Actions =
            [
                "application-autoscaling:DescribeScalableTargets", "application-autoscaling:DescribeScalingPolicies",
                "application-autoscaling:DescribeScheduledActions", .. WayOutRights.Look(network), "ecs:DescribeTaskDefinition",
                "elasticloadbalancing:DescribeListeners", "elasticloadbalancing:DescribeListenerAttributes", "elasticloadbalancing:DescribeLoadBalancerAttributes",
                "elasticloadbalancing:DescribeLoadBalancers", "elasticloadbalancing:DescribeRules", "elasticloadbalancing:DescribeTags",
                "elasticloadbalancing:DescribeTargetGroupAttributes", "elasticloadbalancing:DescribeTargetGroups", "elasticloadbalancing:DescribeTargetHealth",
                "ssm:DescribeParameters", "wafv2:ListWebACLs",
            ],
            Resources = ["*"],
        };
    }

    /// <summary>To take the tasks of services away and give them back.</summary>
    public static IEnumerable<Statement> Scale(DeploymentContext context)
    {
        yield return new Statement
        {
            Sid = "Tasks",
            Actions = ["ecs:DescribeServices", "ecs:UpdateService"],
            Resources = [context.Arn("ecs", $"service/{context.Names.Cluster}/*")],
        };
        yield return new Statement
        {
            Sid = "Targets",
            Actions = ["application-autoscaling:RegisterScalableTarget"],
            Resources = [context.Arn("application-autoscaling", "scalable-target/*")],
        };
    }
}
