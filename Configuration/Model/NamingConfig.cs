using System.ComponentModel;

namespace Infra.Configuration.Model;

/// <summary>Patterns of names, with the placeholders {project}, {env}, {account} and {purpose}.</summary>
public sealed record NamingConfig
{
    [Description("What names begin with.")]
    public string Prefix { get; init; } = "{project}-{env}";

    [Description("Buckets; S3 wants them unique in the world, so keep {account} or {env} and something of your own.")]
    public string Bucket { get; init; } = "{project}-{purpose}-{env}-{account}";

    [Description("ECR repositories.")]
    public string Repository { get; init; } = "{project}/{purpose}";
}
