using System.Text.RegularExpressions;

namespace Infra.Naming;

/// <summary>AWS's limits for one kind of name.</summary>
/// <param name="Kind">Kind of resource, as AWS calls it, for findings.</param>
/// <param name="MaxLength">Maximum number of characters.</param>
/// <param name="Pattern">Regular expression for the whole name, apart from its length.</param>
/// <param name="Allowed">The pattern in words, for findings.</param>
/// <param name="Shortens">
/// Whether a name that is too long is shortened with a hash. Names that users type or that belong to data are not:
/// for them a name that is too long is a finding.
/// </param>
public sealed record NameRule(string Kind, int MaxLength, string Pattern, string Allowed, bool Shortens)
{
    /// <summary>Separator between the parts of a name.</summary>
    public char Separator { get; init; } = '-';

    /// <summary>
    /// Application and network load balancers.
    /// https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html
    /// </summary>
    public static readonly NameRule LoadBalancer =
        new("load balancer", 32, "(?!internal-)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?",
            "letters, digits and inner hyphens, not starting with internal-", true);

    /// <summary>Target groups. https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html</summary>
    public static readonly NameRule TargetGroup =
        new("target group", 32, "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?", "letters, digits and inner hyphens", true);

    /// <summary>IAM roles. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html</summary>
    public static readonly NameRule IamRole = new("IAM role", 64, @"[A-Za-z0-9+=,.@_-]+", "letters, digits and +=,.@_-", true);

    /// <summary>IAM managed policies. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html</summary>
    public static readonly NameRule IamPolicy = new("IAM policy", 128, @"[A-Za-z0-9+=,.@_-]+", "letters, digits and +=,.@_-", true);

    /// <summary>
    /// S3 buckets, without dots so that TLS host names match. https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    /// </summary>
    public static readonly NameRule Bucket =
        new("S3 bucket", 63, "(?!xn--|sthree-|amzn-s3-demo-)(?!.*(-s3alias|--ol-s3|--x-s3)$)[a-z0-9][a-z0-9-]+[a-z0-9]",
            "lower-case letters, digits and inner hyphens, without S3's reserved prefixes and suffixes (xn--, sthree-, amzn-s3-demo-, "
                + "-s3alias)", false);

    /// <summary>Security groups. https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html</summary>
    public static readonly NameRule SecurityGroup =
        new("security group", 255, @"(?!sg-)[A-Za-z0-9 ._:/()#,@\[\]+=&;{}!$*-]+",
            "letters, digits, spaces and ._-:/()#,@[]+=&;{}!$*, not starting with sg-", true);

    /// <summary>ECS clusters and services. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateCluster.html</summary>
    public static readonly NameRule Ecs =
        new("ECS cluster or service", 255, "[A-Za-z0-9_-]+", "letters, digits, hyphens and underscores", true);

    /// <summary>ECR repositories. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html</summary>
    public static readonly NameRule Repository =
        new("ECR repository", 256, "[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*",
            "lower-case letters and digits, separated by one of . _ - /", false);

    /// <summary>
    /// RDS instances, subnet groups and parameter groups.
    /// https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
    /// </summary>
    public static readonly NameRule Database =
        new("RDS instance", 63, "[a-z](?!.*--)[a-z0-9-]*[a-z0-9]",
            "lower-case letters, digits and single inner hyphens, starting with a letter", false);

    /// <summary>DynamoDB tables. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateTable.html</summary>
    public static readonly NameRule Table =
        new("DynamoDB table", 255, "[A-Za-z0-9_.-]{3,}", "at least three letters, digits, underscores, hyphens or dots", false);

    /// <summary>
    /// Domain prefixes of Cognito's hosted UI; aws, amazon and cognito are reserved.
    /// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain-prefix.html
    /// </summary>
    public static readonly NameRule CognitoDomain =
        new("Cognito domain prefix", 63, "(?!.*(aws|amazon|cognito))[a-z0-9]([a-z0-9-]*[a-z0-9])?",
            "lower-case letters, digits and inner hyphens, without aws, amazon or cognito", false);

    /// <summary>
    /// Cognito user pools. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPool.html
    /// </summary>
    public static readonly NameRule UserPool =
        new("Cognito user pool", 128, @"[A-Za-z0-9 +=,.@_-]+", "letters, digits, spaces and +=,.@_-", true);

    /// <summary>
    /// Clients of Cognito user pools.
    /// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_CreateUserPoolClient.html
    /// </summary>
    public static readonly NameRule UserPoolClient =
        new("Cognito user pool client", 128, @"[A-Za-z0-9_ +=,.@-]+", "letters, digits, spaces and _+=,.@-", true);

    /// <summary>SNS topics. https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html</summary>
    public static readonly NameRule Topic = new("SNS topic", 256, "[A-Za-z0-9_-]+", "letters, digits, hyphens and underscores", true);

    /// <summary>CloudWatch alarms. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html</summary>
    public static readonly NameRule Alarm =
        new("CloudWatch alarm", 255, "[A-Za-z0-9_.-]+", "letters, digits, hyphens, underscores and dots", true);

    /// <summary>CloudWatch dashboards. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html</summary>
    public static readonly NameRule Dashboard =
        new("CloudWatch dashboard", 255, "[A-Za-z0-9_-]+", "letters, digits, hyphens and underscores", true);

    /// <summary>AWS WAF's web ACLs and IP sets. https://docs.aws.amazon.com/waf/latest/APIReference/API_CreateWebACL.html</summary>
    public static readonly NameRule WebAcl = new("web ACL", 128, "[A-Za-z0-9_-]+", "letters, digits, hyphens and underscores", true);

    /// <summary>Backup vaults and plans. https://docs.aws.amazon.com/aws-backup/latest/devguide/API_CreateBackupVault.html</summary>
    public static readonly NameRule BackupVault =
        new("backup vault", 50, "[A-Za-z0-9_.-]{2,}", "at least two letters, digits, hyphens, underscores or dots", false);

    /// <summary>Budgets. https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html</summary>
    public static readonly NameRule Budget = new("budget", 100, @"[^:\\]+", "anything but a colon and a backslash", true);

    /// <summary>
    /// Chat channels of AWS Chatbot. https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html
    /// </summary>
    public static readonly NameRule ChatChannel =
        new("chat channel", 128, "[A-Za-z0-9_-]+", "letters, digits, hyphens and underscores", true);

    /// <summary>
    /// CloudWatch log groups. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_CreateLogGroup.html
    /// </summary>
    public static readonly NameRule LogGroup = new("log group", 512, "[A-Za-z0-9_/.#-]+", "letters, digits and _/.#-", false);

    /// <summary>
    /// SSM parameters with their full path, at most 15 levels.
    /// https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
    /// </summary>
    public static readonly NameRule Parameter =
        new("SSM parameter", 1011, @"(?i:(?!/aws|/ssm))(/[A-Za-z0-9_.-]+){1,15}",
            "up to 15 levels of letters, digits and _.-, not starting with /aws or /ssm", false);

    /// <summary>Secrets Manager secrets. https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html</summary>
    public static readonly NameRule Secret = new("secret", 512, "[A-Za-z0-9/_+=.@-]+", "letters, digits and /_+=.@-", false);

    /// <summary>Lambda layers. https://docs.aws.amazon.com/lambda/latest/api/API_PublishLayerVersion.html</summary>
    public static readonly NameRule Layer = new("Lambda layer", 140, "[A-Za-z0-9_-]+", "letters, digits, hyphens and underscores", false);

    /// <summary>
    /// Agent runtimes of Bedrock AgentCore; changing the name replaces the runtime.
    /// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-bedrockagentcore-runtime.html
    /// </summary>
    public static readonly NameRule AgentRuntime = new(
        "agent runtime", 48, "[a-zA-Z][a-zA-Z0-9_]*", "letters, digits and underscores, starting with a letter", false)
    { Separator = '_' };

    /// <summary>CloudFormation stacks. https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html</summary>
    public static readonly NameRule CloudFormationStack =
        new("CloudFormation stack", 128, "[A-Za-z][A-Za-z0-9-]*", "letters, digits and hyphens, starting with a letter", true);

    /// <summary>KMS aliases, without the prefix alias/. https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html</summary>
    public static readonly NameRule KeyAlias =
        new("KMS alias", 250, "(?!aws/)[A-Za-z0-9/_-]+", "letters, digits and /_-, not starting with aws/", true);

    /// <summary>
    /// Analyzers of IAM Access Analyzer. https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CreateAnalyzer.html
    /// </summary>
    public static readonly NameRule Analyzer =
        new("analyzer", 255, "[A-Za-z][A-Za-z0-9_.-]*", "letters, digits and _.-, starting with a letter", true);

    /// <summary>Trails of CloudTrail. https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html</summary>
    public static readonly NameRule Trail = new(
        "trail", 128, "[A-Za-z0-9](?!.*[._-]{2})[A-Za-z0-9._-]+[A-Za-z0-9]", "letters, digits and single inner ._-, at least three", true);

    /// <summary>
    /// CloudFront origin access controls and policies.
    /// https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html
    /// </summary>
    public static readonly NameRule CloudFront =
        new("CloudFront policy", 64, "[A-Za-z0-9_-]+", "letters, digits, hyphens and underscores", true);

    /// <summary>
    /// Services that Service Connect creates in Cloud Map.
    /// https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceConnectService.html
    /// </summary>
    public static readonly NameRule CloudMap =
        new("Cloud Map service", 63, "[a-z0-9_][a-z0-9_-]*",
            "lower-case letters, digits, underscores and hyphens, not starting with a hyphen", true);

    /// <summary>
    /// Sources and destinations of log deliveries.
    /// https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutDeliverySource.html
    /// </summary>
    public static readonly NameRule LogDelivery =
        new("log delivery", 60, "[A-Za-z0-9_-]+", "letters, digits, hyphens and underscores", true);

    /// <summary>CodeBuild projects. https://docs.aws.amazon.com/codebuild/latest/APIReference/API_CreateProject.html</summary>
    public static readonly NameRule BuildProject =
        new("build project", 150, "[A-Za-z0-9][A-Za-z0-9_-]+", "letters, digits, hyphens and underscores", true);

    /// <summary>Pipelines. https://docs.aws.amazon.com/codepipeline/latest/APIReference/API_PipelineDeclaration.html</summary>
    public static readonly NameRule Pipeline = new("pipeline", 100, "[A-Za-z0-9.@_-]+", "letters, digits and .@_-", true);

    /// <summary>Rules of EventBridge. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html</summary>
    public static readonly NameRule EventRule = new("event rule", 64, "[A-Za-z0-9._-]+", "letters, digits and ._-", true);

    /// <summary>
    /// Schedules of EventBridge and their groups. https://docs.aws.amazon.com/scheduler/latest/APIReference/API_CreateSchedule.html
    /// </summary>
    public static readonly NameRule Schedule =
        new("schedule", 64, "[A-Za-z0-9_.-]+", "letters, digits, hyphens, underscores and dots", true);

    /// <summary>SQS queues. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html</summary>
    public static readonly NameRule Queue = new("queue", 80, "[A-Za-z0-9_-]+", "letters, digits, hyphens and underscores", true);

    /// <summary>Whether AWS accepts a name of this kind.</summary>
    public bool Allows(string name) =>
        name.Length <= MaxLength && Regex.IsMatch(name, $@"\A(?:{Pattern})\z", RegexOptions.CultureInvariant);
}
