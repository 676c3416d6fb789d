using System.ComponentModel;

namespace Infra.Configuration.Model;

/// <summary>Patterns of names, with the placeholders {project}, {env}, {account} and {purpose}.</summary>
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
            + "destroyed. Lambda reads layers from it below layers/, in the environment's Region and account.")]
    public bool ExistingCodeBucket { get; init; }
}
