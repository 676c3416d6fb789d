using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Permissions;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// Permissions of the apply role in addition to those for changing the resources of base and runtime, which depend on their types: create
/// roles with the permissions boundary, pass them, and run the AWS requests that the launcher makes after Terraform.
/// </summary>
internal static class ApplyPermissions
{
    public static IEnumerable<Statement> Roles(DeploymentContext context, ResourcePermissions resources)
    {
        string[] roles = [.. context.Names.PatternsOf(NameRule.IamRole).Skip(1).Select(name => context.GlobalArn("iam", $"role/{name}"))];
        yield return new Statement
        {
            Sid = "MakeBoundedRoles",
            Actions = ["iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy",
                "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
            Resources = roles,
            Conditions = [new Condition("StringEquals", "iam:PermissionsBoundary", context.BoundaryArn)],
        };
        yield return new Statement
        {
            Sid = "KeepRoles",
            Actions = ["iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole",
                "iam:UpdateRoleDescription"],
            Resources = roles,
        };
        if (resources.PassedTo is { Count: > 0 } services)
            yield return Allow.PassRoles("PassRoles", roles, services);
        if (resources.ServiceLinkedRoles is { Count: > 0 } linked)
            yield return new Statement
            {
                Sid = "ServiceLinkedRoles",
                Actions = ["iam:CreateServiceLinkedRole"],
                Resources = [context.GlobalArn("iam", "role/aws-service-role/*")],
                Conditions = [new Condition("StringEquals", "iam:AWSServiceName", linked)],
            };
        // It cannot change the roles and policies of the bootstrap stack, whatever actions IAM has or adds.
        yield return new Statement
        {
            Sid = "ChainsStay",
            Effect = "Deny",
            NotActions = ["iam:Get*", "iam:List*", "iam:PassRole"],
            Resources =
            [
                context.BoundaryArn, OidcSubject.ProviderArn(context), context.GlobalArn("iam",
                    $"policy/{context.Names.Project}-*-infra-*"),
                context.GlobalArn("iam", $"policy/{context.Names.Prefix}-infra-*"), context.GlobalArn("iam",
                    $"role/{context.Names.Project}-*-infra-*"),
                context.GlobalArn("iam", $"role/{context.Names.Prefix}-infra-*"),
            ],
        };
    }

    /// <summary>AWS requests of <c>deploy</c>, <c>wake</c>, <c>sleep</c> and <c>smoke</c> outside of Terraform.</summary>
    public static IEnumerable<Statement> Operations(DeploymentContext context, ResourcesInUse used)
    {
        if (used.All.Contains("aws_ecr_repository"))
            yield return new Statement
            {
                // Check that the image in the ledger still exists.
                Sid = "Images",
                Actions = ["ecr:BatchGetImage", "ecr:DescribeImages"],
                Resources = [context.Arn("ecr", $"repository/{context.Names.Repository("*")}")],
            };
        if (used.All.Contains("aws_ecs_service"))
        {
            yield return new Statement
            {
                // The ledger says which image each service runs; it is read before runtime is planned.
                Sid = "ReleaseLedger",
                Actions = ["ssm:GetParameter", "ssm:GetParameterHistory"],
                Resources = [context.Arn("ssm", $"parameter{context.Names.Release("*")}")],
            };
            yield return new Statement
            {
                Sid = "SmokeTasks",
                Actions = ["ecs:DescribeTasks", "ecs:RunTask", "ecs:StopTask"],
                Resources = [context.Arn("ecs", $"task-definition/{context.Names.Prefix}-*"), context.Arn("ecs",
                    $"task/{context.Names.Cluster}/*")],
            };
            yield return new Statement
            {
                Sid = "ListTasks",
                Actions = ["ecs:ListTasks"],
                Resources = ["*"],
                Conditions = [new Condition("ArnEquals", "ecs:cluster", context.Arn("ecs", $"cluster/{context.Names.Cluster}"))],
            };
            yield return new Statement
            {
                Sid = "TaskLogs",
                Actions = ["logs:DescribeLogStreams", "logs:GetLogEvents"],
                Resources = [context.Arn("logs", $"log-group:/ecs/{context.Names.Prefix}-*")],
            };
        }
        if (used.All.Contains("aws_db_instance"))
            foreach (Statement statement in DeploymentSnapshots(context))
                yield return statement;
        if (used.All.Contains("aws_cloudformation_stack"))
            yield return new Statement
            {
                Sid = "SmokeAgents",
                Actions = ["bedrock-agentcore:InvokeAgentRuntime"],
                Resources = [.. context.Names.PatternsOf(NameRule.AgentRuntime).Skip(1).Select(name => context.Arn("bedrock-agentcore",
                    $"runtime/{name}"))],
            };
        if (used.All.Contains("aws_codebuild_project"))
            yield return new Statement
            {
                // The stored deployment that the schedule's builds apply; no other role may write it.
                Sid = "StoredDeployment",
                Actions = ["s3:GetObject", "s3:PutObject"],
                Resources = [$"arn:aws:s3:::{context.Names.Bucket(Names.DeploymentsPurpose)}/{Names.StoredDeployment}"],
            };
    }

    /// <summary>Snapshots that a deployment, or a release with this role, takes first; it may delete only such snapshots.</summary>
    private static IEnumerable<Statement> DeploymentSnapshots(DeploymentContext context)
    {
        string[] databases = [.. context.Names.PatternsOf(NameRule.Database).Skip(1)];
        yield return new Statement
        {
            Sid = "ReadSnapshots",
            Actions = ["rds:DescribeDBSnapshots"],
            Resources =
                [.. databases.SelectMany(name => new[] { context.Arn("rds", $"db:{name}"), context.Arn("rds", $"snapshot:{name}") })],
        };
        yield return new Statement
        {
            Sid = "DeleteDeploymentSnapshots",
            Actions = ["rds:DeleteDBSnapshot"],
            Resources =
            [
                .. databases.SelectMany(name => new[] { SnapshotPurpose.Deployment, SnapshotPurpose.Migration }
                    .Select(purpose => context.Arn("rds", $"snapshot:{SnapshotPurpose.Prefix(name, purpose)}*"))),
            ],
        };
    }
}
