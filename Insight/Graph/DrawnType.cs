namespace Infra.Insight.Graph;

/// <summary>A type of resource that a picture shows.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Label">AWS's name of it, singular.</param>
/// <param name="Place">Where it is drawn.</param>
internal sealed record DrawnType(NodeKind Kind, string Label, Place Place = Place.Region)
{
    // Only what a person would draw: policies, attachments, rules, log groups, alarms and so on are parts of these.
    private static readonly Dictionary<string, DrawnType> s_all = new(StringComparer.Ordinal)
    {
        ["aws_apigatewayv2_api"] = new(NodeKind.Entry, "API Gateway API"),
        ["aws_api_gateway_rest_api"] = new(NodeKind.Entry, "API Gateway REST API"),
        ["aws_cloudfront_distribution"] = new(NodeKind.Entry, "CloudFront distribution", Place.Account),
        ["aws_lb"] = new(NodeKind.Entry, "Load balancer", Place.Vpc),
        ["aws_route53_zone"] = new(NodeKind.Entry, "Route 53 hosted zone", Place.Account),
        ["aws_wafv2_web_acl"] = new(NodeKind.Security, "WAF web ACL"),

        // The provider has no resource of AgentCore, so that a CloudFormation stack has it; nothing else is created that way.
        ["aws_cloudformation_stack"] = new(NodeKind.Compute, "AgentCore runtime"),
        ["aws_codebuild_project"] = new(NodeKind.Compute, "CodeBuild project"),
        ["aws_codepipeline"] = new(NodeKind.Compute, "CodePipeline pipeline"),
        ["aws_ecs_service"] = new(NodeKind.Compute, "ECS service", Place.Vpc),
        ["aws_instance"] = new(NodeKind.Compute, "EC2 instance", Place.Vpc),
        ["aws_lambda_function"] = new(NodeKind.Compute, "Lambda function"),
        ["aws_scheduler_schedule"] = new(NodeKind.Compute, "EventBridge schedule"),

        ["aws_backup_vault"] = new(NodeKind.Data, "Backup vault"),
        ["aws_db_instance"] = new(NodeKind.Data, "RDS database", Place.Vpc),
        ["aws_dynamodb_table"] = new(NodeKind.Data, "DynamoDB table"),
        ["aws_ecr_repository"] = new(NodeKind.Data, "ECR repository"),
        ["aws_efs_file_system"] = new(NodeKind.Data, "EFS file system"),
        ["aws_elasticache_replication_group"] = new(NodeKind.Data, "ElastiCache cache", Place.Vpc),
        ["aws_elasticache_serverless_cache"] = new(NodeKind.Data, "ElastiCache cache", Place.Vpc),
        ["aws_rds_cluster"] = new(NodeKind.Data, "Aurora cluster", Place.Vpc),
        ["aws_s3_bucket"] = new(NodeKind.Data, "S3 bucket"),

        ["aws_cognito_user_pool"] = new(NodeKind.Security, "Cognito user pool"),
        ["aws_secretsmanager_secret"] = new(NodeKind.Security, "Secret"),

        ["aws_sns_topic"] = new(NodeKind.Messaging, "SNS topic"),
        ["aws_sqs_queue"] = new(NodeKind.Messaging, "SQS queue"),

        ["aws_nat_gateway"] = new(NodeKind.Network, "NAT gateway", Place.Vpc),
        ["aws_vpc_endpoint"] = new(NodeKind.Network, "VPC endpoint", Place.Vpc),
        ["aws_vpn_connection"] = new(NodeKind.Network, "VPN connection", Place.Vpc),
    };

    /// <summary>How a type is drawn; null if it is part of another resource.</summary>
    public static DrawnType? Of(string type) => s_all.GetValueOrDefault(type);
}

/// <summary>Where AWS has a type of resource.</summary>
internal enum Place
{
    /// <summary>Global: in no region.</summary>
    Account,
    Region,
    Vpc,
}
