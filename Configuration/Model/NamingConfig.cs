using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// Patterns of names, with the placeholders {project}, {env}, {account}, {region}, {prefix} and {purpose}. A kind of resource without a
/// pattern has the prefix and the purpose as its name. Changing a pattern of an existing environment replaces resources.
/// </summary>
public sealed record NamingConfig
{
    [Description("Prefix of names.")]
    public string Prefix { get; init; } = "{project}-{env}";

    [Description("Buckets; S3 requires globally unique names, so keep {account} or {env} and a text of your own.")]
    public string Bucket { get; init; } = "{project}-{purpose}-{env}-{account}";

    [Description("ECR repositories.")]
    public string Repository { get; init; } = "{project}/{purpose}";

    [Description(
        "SSM parameters; {purpose} is the name in parameters, and the stacks' own parameters (discovery/…, releases/…) use it too.")]
    public string Parameter { get; init; } = "/{env}/{project}/{purpose}";

    [Description("Lambda layers. Default: the prefix, a hyphen and the layer.")]
    public string? Layer { get; init; }

    [Description(
        "Bucket from which layers are published, for example {account}-code-deployment. Default: the pattern of buckets with "
            + "code-deployment as purpose.")]
    public string? CodeBucket { get; init; }

    [Description(
        "Whether that bucket already exists and belongs to another project: it is used as it is, and neither created, changed nor "
            + "destroyed. Layers are only read and written below codePrefix, in the environment's Region and account.")]
    public bool ExistingCodeBucket { get; init; }

    [Description("Key prefix of the artifacts of layers in that bucket, without a slash at the end; choose one that nobody else uses.")]
    [RegularExpression("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*",
        ErrorMessage = "a key prefix of letters, digits and _.-, with / between levels and none at the ends")]
    public string CodePrefix { get; init; } = "layers";

    [Description("ECS cluster, for example {prefix}-cluster. Default: the prefix.")]
    public string? Cluster { get; init; }

    [Description(
        "ECS services and their task definitions; {purpose} is the service. Log groups are /ecs/ and this name. Without {purpose}, "
            + "migrations and jobs of the only service have this name with a suffix.")]
    public string? Service { get; init; }

    [Description("Application Load Balancer, for example {prefix}-alb. Default: the prefix.")]
    public string? LoadBalancer { get; init; }

    [Description("Target groups; {purpose} is the service.")]
    public string? TargetGroup { get; init; }

    [Description("Execution roles of services; {purpose} is the service. Default: {prefix}-{purpose}-execution.")]
    public string? ExecutionRole { get; init; }

    [Description("Task roles of services; {purpose} is the service. Default: {prefix}-{purpose}-task.")]
    public string? TaskRole { get; init; }

    [Description("Role with which GitHub Actions deliver applications. Default: {prefix}-github-delivery.")]
    public string? DeliveryRole { get; init; }

    [Description("Cognito user pool. Default: {prefix}-users.")]
    public string? UserPool { get; init; }

    [Description("Client of the user pool. Default: {prefix}-app.")]
    public string? UserPoolClient { get; init; }

    [Description("SNS topics; {purpose} is alerts, or pipeline in a tools account.")]
    public string? Topic { get; init; }

    [Description("Budget; the only pattern of these that need not begin with the prefix. Default: {prefix}-monthly.")]
    public string? Budget { get; init; }

    [Description("RDS instances; {purpose} is db, or the name in databases. Default: {prefix}-{purpose}.")]
    public string? Database { get; init; }

    [Description("DynamoDB tables; {purpose} is the table.")]
    public string? Table { get; init; }
}
