using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Networking;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// What the apply role may do beside reading: change resources of the services that base and runtime are made of, in this
/// account and region, and make roles that stay inside the boundary.
/// </summary>
internal static class ApplyRights
{
    // Services whose resources have ARNs with this account; S3, Route 53 and CloudFront have none or no region.
    private static readonly string[] Regional =
    [
        "acm", "application-autoscaling", "backup", "bedrock-agentcore", "cloudformation", "cloudwatch", "codebuild", "cognito-idp", "dynamodb", "ec2", "ecr", "ecs", "elasticloadbalancing",
        "events", "kms", "logs", "rds", "scheduler", "secretsmanager", "servicediscovery", "sns", "sqs", "ssm", "wafv2",
    ];

    // Actions that AWS defines for no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/
    private static readonly string[] WithoutResource =
    [
        "acm:RequestCertificate", "backup-storage:MountCapsule", "chatbot:CreateSlackChannelConfiguration",
        "cloudfront:CreateResponseHeadersPolicy", "cognito-idp:CreateUserPool", "cognito-idp:CreateUserPoolDomain",
        "cognito-idp:DeleteUserPoolDomain", "ecr:GetAuthorizationToken", "ecr:PutReplicationConfiguration", "ecs:CreateCluster", "ecs:DeregisterTaskDefinition",
        "ecs:RegisterTaskDefinition", "kms:CreateKey", "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:PutResourcePolicy", "logs:UpdateLogDelivery",
        "route53:CreateHostedZone", "secretsmanager:GetRandomPassword", "servicediscovery:CreateHttpNamespace",
    ];

    /// <summary>Rights to make and change what base and runtime are made of; the place of the state is not theirs to take away.</summary>
    /// <param name="context">The deployment.</param>
    /// <param name="used">Services that they are made of.</param>
    /// <param name="stateBucketArn">Bucket of the state.</param>
    /// <param name="lockTableArn">Table of the locks.</param>
    public static IEnumerable<Statement> Services(DeploymentContext context, IReadOnlySet<string> used, string stateBucketArn, string lockTableArn)
    {
        string[] regional = [.. Regional.Where(used.Contains)];
        yield return new Statement
        {
            Sid = "Regional",
            Actions = [.. regional.Select(service => $"{service}:*")],
            // us-east-1 beside the environment's region, for CloudFront's certificate and its log delivery.
            Resources =
            [
                .. regional.SelectMany(service => new[] { context.Region, "us-east-1" }.Distinct()
                    .Select(region => $"arn:aws:{service}:{region}:{context.Account}:*")),
            ],
        };
        if (Global(context).Where(service => used.Contains(service.Name)).ToArray() is { Length: > 0 } global)
            yield return new Statement
            {
                Sid = "Global",
                Actions = [.. global.Select(service => $"{service.Name}:*")],
                Resources = [.. global.SelectMany(service => service.Resources)],
            };
        yield return new Statement
        {
            Sid = "Buckets",
            Actions = ["s3:*"],
            Resources = [.. new[] { context.Names.Bucket("*"), CodeBucketOf(context) }.OfType<string>().Select(bucket => $"arn:aws:s3:::{bucket}")],
        };
        if (used.Contains("ec2"))
            yield return WayOutRights.PublicImages(context);
        if (used.Contains("wafv2"))
            yield return new Statement
            {
                // A web ACL is named beside what it stands in front of.
                // https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html
                Sid = "Firewalls",
                Actions = ["wafv2:AssociateWebACL", "wafv2:DisassociateWebACL"],
                Resources = [context.Arn("elasticloadbalancing", "loadbalancer/app/*")],
            };
        if (used.Contains("backup"))
            yield return new Statement
            {
                // Copies of backups lie in a vault of the same name in whichever region the environment file says.
                Sid = "CopiesOfBackups",
                Actions = ["backup:*"],
                Resources = [$"arn:aws:backup:*:{context.Account}:backup-vault:{context.Names.Prefix}*"],
            };
        yield return new Statement { Sid = "WithoutResource", Actions = [.. WithoutResource.Where(action => used.Contains(ServiceOf(action)))], Resources = ["*"] };
        yield return new Statement
        {
            Sid = "StateStays",
            Effect = "Deny",
            Actions = ["dynamodb:DeleteTable", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObjectVersion", "s3:PutBucketVersioning"],
            Resources = [stateBucketArn, $"{stateBucketArn}/*", lockTableArn],
        };
    }

    private static IEnumerable<(string Name, string[] Resources)> Global(DeploymentContext context) =>
    [
        ("budgets", [context.GlobalArn("budgets", "*")]), ("chatbot", [context.GlobalArn("chatbot", "*")]), ("cloudfront", [context.GlobalArn("cloudfront", "*")]),
        ("route53", ["arn:aws:route53:::hostedzone/*", "arn:aws:route53:::change/*"]),
    ];

    // backup-storage is the part of Backup that takes a vault's key.
    private static string ServiceOf(string action) => action.Split(':')[0] is var service && service == "backup-storage" ? "backup" : service;

    /// <summary>The code bucket where a pattern of its own sets it apart from the other buckets.</summary>
    private static string? CodeBucketOf(DeploymentContext context) =>
        context.Names.CodeBucket == context.Names.Bucket(Names.CodeBucketPurpose) ? null : context.Names.CodeBucket;

    public static IEnumerable<Statement> Roles(DeploymentContext context)
    {
        string roles = context.GlobalArn("iam", $"role/{context.Names.Prefix}-*");
        yield return new Statement
        {
            Sid = "MakeBoundedRoles",
            Actions = ["iam:AttachRolePolicy", "iam:CreateRole", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy"],
            Resources = [roles],
            Conditions = [new Condition("StringEquals", "iam:PermissionsBoundary", context.BoundaryArn)],
        };
        yield return new Statement
        {
            Sid = "KeepRoles",
            Actions = ["iam:DeleteRole", "iam:TagRole", "iam:UntagRole", "iam:UpdateAssumeRolePolicy", "iam:UpdateRole", "iam:UpdateRoleDescription"],
            Resources = [roles],
        };
        yield return new Statement
        {
            Sid = "PassRoles",
            Actions = ["iam:PassRole"],
            Resources = [roles],
            Conditions = [new Condition("StringEquals", "iam:PassedToService",
                "backup.amazonaws.com", "bedrock-agentcore.amazonaws.com", "chatbot.amazonaws.com", "codebuild.amazonaws.com", "ecs-tasks.amazonaws.com", "scheduler.amazonaws.com", "vpc-flow-logs.amazonaws.com")],
        };
        yield return new Statement
        {
            Sid = "ServiceLinkedRoles",
            Actions = ["iam:CreateServiceLinkedRole"],
            Resources = [context.GlobalArn("iam", "role/aws-service-role/*")],
            Conditions =
            [
                new Condition("StringEquals", "iam:AWSServiceName",
                    // By events CloudWatch starts an instance again that fails its checks.
                    "backup.amazonaws.com", "events.amazonaws.com", "ecs.amazonaws.com", "ecs.application-autoscaling.amazonaws.com", "elasticloadbalancing.amazonaws.com",
                    "management.chatbot.amazonaws.com", "rds.amazonaws.com", "replication.ecr.amazonaws.com", "wafv2.amazonaws.com",
                    // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/service-linked-roles.html
                    "network.bedrock-agentcore.amazonaws.com", "runtime-identity.bedrock-agentcore.amazonaws.com"),
            ],
        };
        // Its own chains stay as the bootstrap stack forged them.
        yield return new Statement
        {
            Sid = "ChainsStay",
            Effect = "Deny",
            Actions =
            [
                "iam:AttachRolePolicy", "iam:CreatePolicyVersion", "iam:DeleteOpenIDConnectProvider", "iam:DeletePolicy", "iam:DeletePolicyVersion",
                "iam:DeleteRole", "iam:DeleteRolePermissionsBoundary", "iam:DeleteRolePolicy", "iam:DetachRolePolicy", "iam:PutRolePolicy",
                "iam:SetDefaultPolicyVersion", "iam:UpdateAssumeRolePolicy", "iam:UpdateOpenIDConnectProviderThumbprint", "iam:UpdateRole",
            ],
            Resources =
            [
                context.BoundaryArn, OidcSubject.ProviderArn(context), context.GlobalArn("iam", $"role/{context.Names.Project}-*-infra-*"),
                context.GlobalArn("iam", $"role/{context.Names.Prefix}-infra-*"),
            ],
        };
    }
}
