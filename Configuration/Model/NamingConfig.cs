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

    [Description("SSM parameters; {purpose} is the name in parameters, and the platform's own (discovery/…, releases/…) follow it too.")]
    public string Parameter { get; init; } = "/{env}/{project}/{purpose}";

    [Description("Lambda layers. Default: the prefix, a hyphen and the layer.")]
    public string? Layer { get; init; }

    [Description("Bucket that layers are published from, for example {account}-code-deployment. Default: the pattern of buckets with code-deployment as purpose.")]
    public string? CodeBucket { get; init; }

    [Description("Whether that bucket exists already and is somebody else's: it is used as it is, and neither made, changed nor destroyed. Lambda reads layers from it below layers/, in the environment's region and account.")]
    public bool ExistingCodeBucket { get; init; }
}
