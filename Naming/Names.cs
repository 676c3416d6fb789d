namespace Infra.Naming;

/// <summary>
/// Every name of one environment. Two environments of one account differ in <see cref="Environment"/> and so never share a
/// name, a state key or a lock.
/// </summary>
/// <param name="project">Project, lower case: <c>tap</c>.</param>
/// <param name="environment">Environment, lower case: <c>poc</c>.</param>
/// <param name="account">Twelve digits of the AWS account.</param>
/// <param name="patterns">Patterns that the environment file may set.</param>
public sealed class Names(string project, string environment, string account, NamePatterns? patterns = null)
{
    private readonly NamePatterns _patterns = patterns ?? new NamePatterns();

    public string Project { get; } = project;

    public string Environment { get; } = environment;

    public string Account { get; } = account;

    /// <summary>What every name begins with: <c>tap-poc</c>.</summary>
    public string Prefix => Fill(_patterns.Prefix, "");

    /// <summary>A name of the given kind for a purpose: the prefix and the purpose, shortened where the kind allows it.</summary>
    public string For(NameRule rule, string purpose)
    {
        string name = purpose.Length == 0 ? Prefix : $"{Prefix}-{purpose}";
        return rule.Shortens ? StableName.Shorten(name, rule.MaxLength) : name;
    }

    /// <summary>Bucket of a purpose, globally unique by the account: <c>tap-files-poc-111111111111</c> unless the environment sets a pattern.</summary>
    public string Bucket(string purpose) => Fill(_patterns.Bucket, purpose);

    /// <summary>ECR repository of an app: <c>tap/backend</c>, shared by name between environments of different accounts.</summary>
    public string Repository(string app) => Fill(_patterns.Repository, app);

    /// <summary>SSM parameter: <c>/poc/tap/cognito/client-id</c>.</summary>
    public string Parameter(string name) => $"/{Environment}/{Project}/{name}";

    /// <summary>Secret: <c>poc/tap/jwt-secret-key</c>.</summary>
    public string Secret(string name) => $"{Environment}/{Project}/{name}";

    /// <summary>The ECS cluster: <c>tap-poc</c>.</summary>
    public string Cluster => For(NameRule.Ecs, "");

    /// <summary>Log group of an ECS service: <c>/ecs/tap-poc-backend</c>.</summary>
    public string ServiceLogGroup(string service) => $"/ecs/{For(NameRule.Ecs, service)}";

    /// <summary>Parameter of the release ledger that holds the image a service runs: <c>/poc/tap/releases/backend</c>.</summary>
    public string Release(string service) => Parameter($"releases/{service}");

    /// <summary>State bucket of the project in this account: <c>tap-tfstate-111111111111</c>.</summary>
    public string StateBucket => $"{Project}-tfstate-{Account}";

    /// <summary>Lock table of the project in this account.</summary>
    public string LockTable => $"{Project}-tfstate-lock";

    /// <summary>State key of a stack of this environment: <c>tap/poc/base</c>.</summary>
    public string StateKey(string stack) => $"{Project}/{Environment}/{stack}";

    /// <summary>State key of the once-per-account stack: <c>tap/bootstrap</c>.</summary>
    public string BootstrapStateKey => $"{Project}/bootstrap";

    private string Fill(string pattern, string purpose) => pattern
        .Replace("{project}", Project, StringComparison.Ordinal)
        .Replace("{env}", Environment, StringComparison.Ordinal)
        .Replace("{account}", Account, StringComparison.Ordinal)
        .Replace("{purpose}", purpose, StringComparison.Ordinal);
}

/// <summary>Patterns of the names that teams want their own way, with the placeholders <c>{project} {env} {account} {purpose}</c>.</summary>
/// <param name="Prefix">What names begin with.</param>
/// <param name="Bucket">Buckets; S3 wants them globally unique, hence the account.</param>
/// <param name="Repository">ECR repositories.</param>
public sealed record NamePatterns(
    string Prefix = "{project}-{env}",
    string Bucket = "{project}-{purpose}-{env}-{account}",
    string Repository = "{project}/{purpose}");
