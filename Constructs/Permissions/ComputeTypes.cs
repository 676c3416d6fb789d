using Infra.Naming;
using static Infra.Constructs.Permissions.Grant;

namespace Infra.Constructs.Permissions;

/// <summary>Permissions for resource types that run something: containers, images, schedules, builds and agents.</summary>
internal static class ComputeTypes
{
    private const string Tasks = "ecs-tasks.amazonaws.com";

    public static IEnumerable<TypePermissions> Of(OwnResources own) =>
        Containers(own).Concat(Scaling(own)).Concat(Images(own)).Concat(Schedules(own)).Concat(Agents(own));

    private static IEnumerable<TypePermissions> Containers(OwnResources own)
    {
        Scope clusters = own.Named("ecs", own.Names(NameRule.Ecs, "cluster/{0}"));
        Scope services = own.Named("ecs", own.Names(NameRule.Ecs, "service/{0}/*"));
        Scope definitions = own.Named("ecs", own.Names(NameRule.Ecs, "task-definition/{0}:*"));
        yield return new("aws_ecs_cluster",
            Write(clusters, "ecs:CreateCluster", "ecs:DeleteCluster", "ecs:TagResource", "ecs:UntagResource", "ecs:UpdateCluster",
                "ecs:UpdateClusterSettings"),
            Read(clusters, "ecs:DescribeClusters", "ecs:ListTagsForResource"))
        {
            ServiceLinkedRoles = ["ecs.amazonaws.com"],
        };
        yield return new("aws_ecs_cluster_capacity_providers", Write(clusters, "ecs:PutClusterCapacityProviders"), Read(clusters,
            "ecs:DescribeClusters"));
        yield return new("aws_ecs_service",
            Write(services, "ecs:CreateService", "ecs:DeleteService", "ecs:TagResource", "ecs:UntagResource", "ecs:UpdateService"),
            Read(services, "ecs:DescribeServices", "ecs:ListTagsForResource"), Read(clusters, "ecs:DescribeClusters"),
            Use("ecs:DescribeServices", "ecs:DescribeTaskDefinition", "ecs:UpdateService"))
        {
            PassedTo = [Tasks],
        };
        yield return new("aws_ecs_task_definition",
            Write(definitions, "ecs:RegisterTaskDefinition", "ecs:TagResource", "ecs:UntagResource"), Write(Scope.Any,
                "ecs:DeregisterTaskDefinition"),
            Read(Scope.Any, "ecs:DescribeTaskDefinition"), Use("ecs:RegisterTaskDefinition", "ecs:RunTask", "ecs:TagResource"))
        {
            PassedTo = [Tasks],
        };
        yield return new("aws_service_discovery_http_namespace",
            // Tagging does not support resource-level permissions here, although namespaces have tags:
            // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awscloudmap.html
            Write(own.NewAnything, "servicediscovery:CreateHttpNamespace", "servicediscovery:TagResource"),
            Write(OwnResources.OtherTags, "servicediscovery:TagResource"), Write(Scope.Any, "servicediscovery:UntagResource"),
            Write(own.Tagged("servicediscovery", "namespace/*"), "servicediscovery:DeleteNamespace",
                "servicediscovery:UpdateHttpNamespace"),
            Read(own.All("servicediscovery", "namespace/*"), "servicediscovery:GetNamespace", "servicediscovery:GetOperation"),
            Read(Scope.Any, "servicediscovery:ListTagsForResource"));
    }

    private static IEnumerable<TypePermissions> Scaling(OwnResources own)
    {
        const string Service = "application-autoscaling";
        Scope tagged = own.Tagged(Service, "scalable-target/*");
        yield return new("aws_appautoscaling_target",
            Write(own.New(Service, "scalable-target/*"), "application-autoscaling:RegisterScalableTarget",
                "application-autoscaling:TagResource"),
            Write(tagged, "application-autoscaling:DeregisterScalableTarget", "application-autoscaling:RegisterScalableTarget",
                "application-autoscaling:TagResource",
                "application-autoscaling:UntagResource"),
            Read(own.All(Service, "scalable-target/*"), "application-autoscaling:ListTagsForResource"), Read(Scope.Any,
                "application-autoscaling:DescribeScalableTargets"))
        {
            ServiceLinkedRoles = ["ecs.application-autoscaling.amazonaws.com"],
        };
        yield return new("aws_appautoscaling_policy",
            Write(tagged, "application-autoscaling:DeleteScalingPolicy", "application-autoscaling:PutScalingPolicy"),
            Read(Scope.Any, "application-autoscaling:DescribeScalingPolicies"));
        yield return new("aws_appautoscaling_scheduled_action",
            Write(tagged, "application-autoscaling:DeleteScheduledAction", "application-autoscaling:PutScheduledAction"),
            Read(Scope.Any, "application-autoscaling:DescribeScheduledActions"));
    }

    private static IEnumerable<TypePermissions> Images(OwnResources own)
    {
        Scope repositories = own.Named("ecr", $"repository/{own.Context.Names.Repository("*")}");
        yield return new("aws_ecr_repository",
            Write(repositories, "ecr:CreateRepository", "ecr:DeleteRepository", "ecr:PutImageScanningConfiguration",
                "ecr:PutImageTagMutability", "ecr:TagResource", "ecr:UntagResource"),
            Read(repositories, "ecr:DescribeRepositories", "ecr:ListTagsForResource"),
            Use("ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
                "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer",
                "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart"));
        yield return new("aws_ecr_lifecycle_policy", Write(repositories, "ecr:DeleteLifecyclePolicy", "ecr:PutLifecyclePolicy"),
            Read(repositories, "ecr:GetLifecyclePolicy"));
        yield return new("aws_ecr_repository_policy", Write(repositories, "ecr:DeleteRepositoryPolicy", "ecr:SetRepositoryPolicy"),
            Read(repositories, "ecr:GetRepositoryPolicy"));
        yield return new("aws_ecr_replication_configuration", Write(Scope.Any, "ecr:PutReplicationConfiguration"), Read(Scope.Any,
            "ecr:DescribeRegistry"))
        {
            ServiceLinkedRoles = ["replication.ecr.amazonaws.com"],
        };
        yield return new("aws_ecr_repository_creation_template",
            Write(Scope.Any, "ecr:CreateRepositoryCreationTemplate", "ecr:DeleteRepositoryCreationTemplate",
                "ecr:UpdateRepositoryCreationTemplate"),
            Read(Scope.Any, "ecr:DescribeRepositoryCreationTemplates"))
        {
            PassedTo = ["ecr.amazonaws.com"],
        };
    }

    private static IEnumerable<TypePermissions> Schedules(OwnResources own)
    {
        Scope groups = own.Named("scheduler", own.ScheduleGroups.Select(group => $"schedule-group/{group}"));
        Scope schedules = own.Named("scheduler", own.ScheduleGroups.Select(group => $"schedule/{group}/*"));
        Scope projects = own.Named("codebuild", own.Names(NameRule.BuildProject, "project/{0}").Skip(1));
        yield return new("aws_scheduler_schedule_group",
            Write(groups, "scheduler:CreateScheduleGroup", "scheduler:DeleteScheduleGroup", "scheduler:TagResource",
                "scheduler:UntagResource"),
            // Deleting a group deletes its schedules.
            // https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-group-delete.html
            Write(schedules, "scheduler:DeleteSchedule"),
            Read(groups, "scheduler:GetScheduleGroup", "scheduler:ListTagsForResource"));
        yield return new("aws_scheduler_schedule",
            Write(schedules, "scheduler:CreateSchedule", "scheduler:DeleteSchedule", "scheduler:UpdateSchedule"), Read(schedules,
                "scheduler:GetSchedule"))
        {
            PassedTo = ["scheduler.amazonaws.com"],
        };
        yield return new("aws_codebuild_project",
            Write(projects, "codebuild:CreateProject", "codebuild:DeleteProject", "codebuild:UpdateProject"), Read(projects,
                "codebuild:BatchGetProjects"))
        {
            PassedTo = ["codebuild.amazonaws.com"],
        };
    }

    /// <summary>CloudFormation creates a stack with the caller's permissions; here the stack contains the AgentCore runtime.</summary>
    private static IEnumerable<TypePermissions> Agents(OwnResources own)
    {
        const string Core = "bedrock-agentcore";
        Scope stacks = own.Named("cloudformation", own.Names(NameRule.CloudFormationStack, "stack/{0}/*"));
        Scope runtimes = own.Named(Core, own.Names(NameRule.AgentRuntime, "runtime/{0}").Skip(1));
        // AgentCore creates a workload identity for each runtime with the caller's permissions.
        // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html
        Scope identities = own.Named(
            Core, ["workload-identity-directory/default", .. own.Names(NameRule.AgentRuntime,
                "workload-identity-directory/default/workload-identity/{0}").Skip(1)]);
        Scope logs = own.Named("logs", own.Names(NameRule.AgentRuntime, "log-group:/aws/bedrock-agentcore/runtimes/{0}").Skip(1));
        yield return new("aws_cloudformation_stack",
            Write(stacks, "cloudformation:CreateStack", "cloudformation:DeleteStack", "cloudformation:TagResource",
                "cloudformation:UntagResource", "cloudformation:UpdateStack"),
            Read(stacks, "cloudformation:DescribeStackEvents", "cloudformation:DescribeStacks", "cloudformation:GetTemplate"),
            Write(Scope.Any, "bedrock-agentcore:CreateAgentRuntime", "bedrock-agentcore:ListAgentRuntimeEndpoints",
                "bedrock-agentcore:ListAgentRuntimeVersions"),
            Write(runtimes, "bedrock-agentcore:CreateAgentRuntimeEndpoint", "bedrock-agentcore:DeleteAgentRuntime",
                "bedrock-agentcore:DeleteAgentRuntimeEndpoint",
                "bedrock-agentcore:GetAgentRuntime", "bedrock-agentcore:GetAgentRuntimeEndpoint",
                "bedrock-agentcore:ListTagsForResource", "bedrock-agentcore:TagResource", "bedrock-agentcore:UntagResource",
                "bedrock-agentcore:UpdateAgentRuntime", "bedrock-agentcore:UpdateAgentRuntimeEndpoint"),
            Write(identities, "bedrock-agentcore:CreateWorkloadIdentity", "bedrock-agentcore:DeleteWorkloadIdentity",
                "bedrock-agentcore:GetWorkloadIdentity", "bedrock-agentcore:UpdateWorkloadIdentity"),
            Write(logs, "logs:CreateLogGroup", "logs:DeleteLogGroup", "logs:PutRetentionPolicy", "logs:TagResource", "logs:UntagResource"),
            Read(logs, "logs:ListTagsForResource"),
            Write(Scope.Any, "logs:DescribeLogGroups"),
            Use("bedrock-agentcore:GetWorkloadAccessToken*", "bedrock-agentcore:InvokeAgentRuntime"))
        {
            PassedTo = ["bedrock-agentcore.amazonaws.com"],
            // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/service-linked-roles.html
            ServiceLinkedRoles = ["network.bedrock-agentcore.amazonaws.com", "runtime-identity.bedrock-agentcore.amazonaws.com"],
        };
    }
}
