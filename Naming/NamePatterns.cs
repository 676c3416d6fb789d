namespace Infra.Naming;

/// <summary>
/// Naming patterns that an environment file can set, with the placeholders <c>{project} {env} {account} {region} {prefix} {purpose}</c>.
/// A kind of name without a pattern consists of the prefix and the purpose.
/// </summary>
/// <param name="Prefix">Prefix of names.</param>
/// <param name="Bucket">Buckets; S3 requires globally unique names, hence the account.</param>
/// <param name="Repository">ECR repositories.</param>
/// <param name="Layer">Lambda layers; none means the prefix and the layer.</param>
/// <param name="CodeBucket">Bucket that artifacts are deployed from; none means the pattern of buckets.</param>
/// <param name="Parameter">SSM parameters.</param>
public sealed record NamePatterns(
    string Prefix = "{project}-{env}",
    string Bucket = "{project}-{purpose}-{env}-{account}",
    string Repository = "{project}/{purpose}",
    string? Layer = null,
    string? CodeBucket = null,
    string Parameter = "/{env}/{project}/{purpose}")
{
    /// <summary>ECS cluster and Cloud Map namespace.</summary>
    public string? Cluster { get; init; }

    /// <summary>ECS services and families of task definitions.</summary>
    public string? Service { get; init; }

    /// <summary>Load balancer.</summary>
    public string? LoadBalancer { get; init; }

    /// <summary>Target groups.</summary>
    public string? TargetGroup { get; init; }

    /// <summary>Execution roles of services.</summary>
    public string? ExecutionRole { get; init; }

    /// <summary>Task roles of services.</summary>
    public string? TaskRole { get; init; }

    /// <summary>Role with which GitHub Actions deliver applications.</summary>
    public string? DeliveryRole { get; init; }

    /// <summary>Cognito user pool.</summary>
    public string? UserPool { get; init; }

    /// <summary>Client of the user pool.</summary>
    public string? UserPoolClient { get; init; }

    /// <summary>SNS topics.</summary>
    public string? Topic { get; init; }

    /// <summary>Budget.</summary>
    public string? Budget { get; init; }

    /// <summary>RDS instances, their subnet groups and parameter groups.</summary>
    public string? Database { get; init; }

    /// <summary>DynamoDB tables.</summary>
    public string? Table { get; init; }

    /// <summary>Key prefix of the artifacts of layers, without placeholders.</summary>
    public string CodePrefix { get; init; } = "layers";

    /// <summary>State bucket.</summary>
    public string? StateBucket { get; init; }

    /// <summary>Lock table of the state.</summary>
    public string? LockTable { get; init; }

    /// <summary>State keys of base and runtime, with the placeholder <c>{stack}</c>.</summary>
    public string? StateKey { get; init; }
}
