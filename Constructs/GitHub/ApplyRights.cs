using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

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
        "acm", "application-autoscaling", "cloudwatch", "cognito-idp", "dynamodb", "ec2", "ecr", "ecs", "elasticloadbalancing",
        "kms", "logs", "rds", "secretsmanager", "sns", "ssm",
    ];

    // Actions that AWS defines for no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/
    private static readonly string[] WithoutResource =
    [
        "acm:RequestCertificate", "cloudfront:CreateResponseHeadersPolicy", "cognito-idp:CreateUserPool", "cognito-idp:CreateUserPoolDomain",
        "cognito-idp:DeleteUserPoolDomain", "ecr:GetAuthorizationToken", "ecs:CreateCluster", "ecs:DeregisterTaskDefinition",
        "ecs:RegisterTaskDefinition", "kms:CreateKey", "logs:CreateLogDelivery", "logs:DeleteLogDelivery", "logs:UpdateLogDelivery",
        "route53:CreateHostedZone", "secretsmanager:GetRandomPassword",
    ];

    /// <summary>Rights to make and change what base and runtime are made of; the place of the state is not theirs to take away.</summary>
    public static IEnumerable<Statement> Services(DeploymentContext context, string stateBucketArn, string lockTableArn)
    {
        yield return new Statement
        {
            Sid = "Regional",
            Actions = [.. Regional.Select(service => $"{service}:*")],
            // us-east-1 beside the environment's region, for CloudFront's certificate and its log delivery.
            Resources =
            [
                .. Regional.SelectMany(service => new[] { context.Region, "us-east-1" }.Distinct()
                    .Select(region => $"arn:aws:{service}:{region}:{context.Account}:*")),
            ],
        };
        yield return new Statement
        {
            Sid = "Global",
            Actions = ["cloudfront:*", "route53:*"],
            Resources = [context.GlobalArn("cloudfront", "*"), "arn:aws:route53:::hostedzone/*", "arn:aws:route53:::change/*"],
        };
        yield return new Statement
        {
            Sid = "Buckets",
            Actions = ["s3:*"],
            Resources = [$"arn:aws:s3:::{context.Names.Bucket("*")}"],
        };
        yield return new Statement { Sid = "WithoutResource", Actions = WithoutResource, Resources = ["*"] };
        yield return new Statement
        {
            Sid = "StateStays",
            Effect = "Deny",
            Actions = ["dynamodb:DeleteTable", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObjectVersion", "s3:PutBucketVersioning"],
            Resources = [stateBucketArn, $"{stateBucketArn}/*", lockTableArn],
        };
    }

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
            Conditions = [new Condition("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com", "vpc-flow-logs.amazonaws.com")],
        };
        yield return new Statement
        {
            Sid = "ServiceLinkedRoles",
            Actions = ["iam:CreateServiceLinkedRole"],
            Resources = [context.GlobalArn("iam", "role/aws-service-role/*")],
            Conditions =
            [
                new Condition("StringEquals", "iam:AWSServiceName",
                    "ecs.amazonaws.com", "ecs.application-autoscaling.amazonaws.com", "elasticloadbalancing.amazonaws.com", "rds.amazonaws.com"),
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
