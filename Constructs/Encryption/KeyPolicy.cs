using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Encryption;

/// <summary>
/// Who may use a key in addition to the account's roles. Services that act on behalf of a role (S3, DynamoDB, RDS, Secrets Manager,
/// Parameter Store, ECR) need no statement here; services that act as themselves do. In a key policy <c>*</c> means this key.
/// </summary>
internal static class KeyPolicy
{
    private static readonly string[] Anything = ["*"];

    /// <summary>IAM policies of the account decide for its roles.</summary>
    public static Statement Account(DeploymentContext context) => new()
    {
        Sid = "AccountDecidesByIam",
        Principal = new Principal("AWS", context.GlobalArn("iam", "root")),
        Actions = ["kms:*"],
        Resources = Anything,
    };

    /// <summary>Services that publish to encrypted topics; they must be allowed to use the topic's key.</summary>
    public static IEnumerable<Statement> Publishers(DeploymentContext context)
    {
        // https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
        string[] actions = ["kms:Decrypt", "kms:GenerateDataKey*"];
        yield return new Statement
        {
            Sid = "PublishersEncrypt",
            Principal = new Principal("Service", "budgets.amazonaws.com", "cloudwatch.amazonaws.com"),
            Actions = actions,
            Resources = Anything,
            Conditions = [new Condition("StringEquals", "aws:SourceAccount", context.Account)],
        };
        // No condition: the same page says that aws:SourceAccount, aws:SourceArn and aws:SourceOrgID in a key policy are not supported for
        // EventBridge and encrypted topics. The topic policies, one for each topic, decide who publishes.
        yield return new Statement
        {
            Sid = "EventBridgeEncrypts",
            Principal = Principal.Service("events.amazonaws.com"),
            Actions = actions,
            Resources = Anything,
        };
    }

    /// <summary>CloudWatch Logs, for log groups of this account.</summary>
    public static Statement LogGroups(DeploymentContext context) => new()
    {
        // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
        Sid = "LogGroups",
        Principal = Principal.Service($"logs.{context.Region}.amazonaws.com"),
        Actions = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resources = Anything,
        Conditions = [new Condition("ArnLike", "kms:EncryptionContext:aws:logs:arn", context.Arn("logs", "log-group:*"))],
    };

    /// <summary>
    /// CloudFront, which reads the buckets of sites. For all distributions of the account: a distribution depends on its bucket, and the
    /// bucket on the key.
    /// </summary>
    public static Statement Distributions(DeploymentContext context) => new()
    {
        // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html#oac-permissions-sse-kms
        Sid = "Distributions",
        Principal = Principal.Service("cloudfront.amazonaws.com"),
        Actions = ["kms:Decrypt"],
        Resources = Anything,
        Conditions = [new Condition("ArnLike", "aws:SourceArn", context.GlobalArn("cloudfront", "distribution/*"))],
    };

    /// <summary>Fargate, for the ephemeral storage of tasks in the environment's cluster.</summary>
    public static Statement TaskStorage(DeploymentContext context) => new()
    {
        // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-create-storage-key.html
        Sid = "TaskStorage",
        Principal = Principal.Service("fargate.amazonaws.com"),
        Actions = ["kms:GenerateDataKeyWithoutPlaintext"],
        Resources = Anything,
        Conditions = Cluster(context),
    };

    /// <summary>Fargate, to create grants on the key for the host of a task.</summary>
    public static Statement TaskStorageGrant(DeploymentContext context) => new()
    {
        Sid = "TaskStorageGrant",
        Principal = Principal.Service("fargate.amazonaws.com"),
        Actions = ["kms:CreateGrant"],
        Resources = Anything,
        Conditions = [.. Cluster(context), new Condition("ForAllValues:StringEquals", "kms:GrantOperations", "Decrypt")],
    };

    private static Condition[] Cluster(DeploymentContext context) =>
    [
        new Condition("StringEquals", "kms:EncryptionContext:aws:ecs:clusterAccount", context.Account),
        new Condition("StringEquals", "kms:EncryptionContext:aws:ecs:clusterName", context.Names.Cluster),
    ];
}
