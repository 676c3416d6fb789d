using Constructs;
using HashiCorp.Cdktf.Providers.Aws.IamPolicy;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.GitHub;

/// <summary>
/// The most that any role of the project can ever do, whoever writes its policies: use data, never manage the account.
/// </summary>
internal sealed class PermissionsBoundary : Construct
{
    public PermissionsBoundary(Construct scope, string id, DeploymentContext context) : base(scope, id) =>
        new IamPolicy(this, "policy", new IamPolicyConfig
        {
            Name = context.BoundaryName,
            Description = "The most that roles of this project can do.",
            Policy = new PolicyDocument(
                new Statement
                {
                    Sid = "UseData",
                    Actions =
                    [
                        "bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream",
                        "cloudfront:CreateInvalidation", "cloudfront:GetInvalidation",
                        "dynamodb:BatchGetItem", "dynamodb:BatchWriteItem", "dynamodb:ConditionCheckItem", "dynamodb:DeleteItem",
                        "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem",
                        "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
                        "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage", "ecr:UploadLayerPart",
                        "ecs:DescribeServices", "ecs:DescribeTaskDefinition", "ecs:RegisterTaskDefinition", "ecs:UpdateService",
                        "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents",
                        "s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetBucketLocation", "s3:GetObject", "s3:GetObjectVersion",
                        "s3:ListBucket", "s3:PutObject",
                        "secretsmanager:GetSecretValue",
                        "ssm:GetParameter", "ssm:GetParameterHistory", "ssm:GetParameters", "ssm:PutParameter",
                        "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel", "ssmmessages:OpenDataChannel",
                    ],
                    Resources = ["*"],
                },
                new Statement
                {
                    Sid = "PassTaskRoles",
                    Actions = ["iam:PassRole"],
                    Resources = [context.GlobalArn("iam", "role/*")],
                    Conditions = [new Condition("StringEquals", "iam:PassedToService", "ecs-tasks.amazonaws.com")],
                }).ToJson(),
        }).Named(id);
}
