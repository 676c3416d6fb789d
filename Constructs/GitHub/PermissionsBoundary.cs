using Constructs;
using HashiCorp.Cdktf.Providers.Aws.IamPolicy;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Recovery;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Constructs.GitHub;

/// <summary>
/// The permissions boundary of all roles of the project, whatever their policies allow: roles may use the resources of the account's
/// environments, but never manage them.
/// </summary>
internal sealed class PermissionsBoundary : Construct
{
    /// <summary>
    /// What applications use that is not a Terraform resource: models, layers, images of other repositories, their own logs, metrics and
    /// traces, ECS Exec sessions.
    /// </summary>
    private static readonly string[] Always =
    [
        "bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream", "cloudfront:CreateInvalidation", "cloudfront:GetInvalidation",
        "cloudwatch:PutMetricData",
        SlackChannel.AlarmAction, .. SlackChannel.GraphActions,
        "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer",
        "kms:Decrypt", "kms:GenerateDataKey",
        "lambda:AddLayerVersionPermission", "lambda:DeleteLayerVersion", "lambda:GetLayerVersion", "lambda:GetLayerVersionPolicy",
        "lambda:ListLayerVersions",
        "lambda:PublishLayerVersion", "lambda:RemoveLayerVersionPermission",
        "logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogGroups", "logs:DescribeLogStreams", "logs:PutLogEvents",
        "ssmmessages:CreateControlChannel", "ssmmessages:CreateDataChannel", "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
        "xray:GetSampling*", "xray:PutTelemetryRecords", "xray:PutTraceSegments",
    ];

    public PermissionsBoundary(Construct scope, string id, PermissionsBoundaryProps props) : base(scope, id) =>
        new IamPolicy(this, "policy", new IamPolicyConfig
        {
            Name = props.Context.BoundaryName,
            Description = "The most that roles of this project can do.",
            Policy = new PolicyDocument([
                new Statement
                {
                    Sid = "UseData",
                    Actions = [.. Always.Concat(props.UseActions).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                    Resources = ["*"],
                },
                new Statement { Sid = "BackUp", Actions = BackupPermissions.Actions, Resources = ["*"] },
                new Statement
                {
                    Sid = "TakeTurns",
                    Actions = ["codebuild:StartBuild", "sqs:SendMessage"],
                    Resources =
                    [
                        // By suffix, because an environment can configure the prefix of its names.
                        $"arn:aws:codebuild:*:{props.Context.Account}:project/*-cycle",
                        $"arn:aws:sqs:*:{props.Context.Account}:*-missed-turns",
                    ],
                },
                Allow.PassRoles(
                    "PassTaskRoles",
                    [.. props.Prefixes.Order(StringComparer.Ordinal).Select(prefix => props.Context.GlobalArn("iam", $"role/{prefix}-*"))],
                    "ecs-tasks.amazonaws.com"),
                .. props.Promoted.Count > 0 ? RunPipelines(props.Promoted) : [],
            ]).ToJson(),
        }).Named(id);

    // In the pipeline's account, its roles start builds and assume the roles that the bootstrap stacks of the environments create for it.
    private static IEnumerable<Statement> RunPipelines(IReadOnlyList<Names> promoted)
    {
        yield return new Statement
        {
            Sid = "RunPipelines",
            Actions =
            [
                "codebuild:BatchGetBuilds", "codebuild:StartBuild", "codeconnections:UseConnection", "codestar-connections:UseConnection",
                "kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*",
                "s3:GetBucketAcl", "s3:GetBucketVersioning", "s3:PutObjectAcl", "sns:Publish",
            ],
            Resources = ["*"],
        };
        yield return new Statement
        {
            Sid = "TakeRolesOfTargets",
            Actions = ["sts:AssumeRole"],
            Resources =
            [
                .. promoted.SelectMany(names =>
                    new[] { PipelineRoles.Arn(names, PipelineRoles.TargetDeploy), PipelineRoles.Arn(names, PipelineRoles.TargetPush) })
                    .Order(StringComparer.Ordinal),
            ],
        };
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Promoted">Names of the environments that pipelines of the account deploy.</param>
/// <param name="UseActions">Actions with which applications use the resources of the account's environments.</param>
/// <param name="Prefixes">Name prefixes of the roles of all environments that share the boundary: only these roles may be passed.</param>
internal sealed record PermissionsBoundaryProps(
    DeploymentContext Context, IReadOnlyList<Names> Promoted, IReadOnlyList<string> UseActions, IReadOnlyCollection<string> Prefixes);
