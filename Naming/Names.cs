
namespace Infra.Naming;

/// <summary>
/// All names of one environment. Two environments of one account differ in <see cref="Environment"/>, so they never share a name, a state
/// key or a lock.
/// </summary>
/// <param name="project">Project, lower case: <c>tap</c>.</param>
/// <param name="environment">Environment, lower case: <c>poc</c>.</param>
/// <param name="account">Twelve digits of the AWS account.</param>
/// <param name="patterns">Naming patterns of the environment file.</param>
public sealed class Names(string project, string environment, string account, NamePatterns? patterns = null)
{
    /// <summary>Purpose of the bucket that artifacts are deployed from, if no pattern names it.</summary>
    public const string CodeBucketPurpose = "code-deployment";

    private readonly NamePatterns _patterns = patterns ?? new NamePatterns();

    public string Project { get; } = project;

    public string Environment { get; } = environment;

    public string Account { get; } = account;

    /// <summary>Prefix of every name: <c>tap-poc</c>.</summary>
    public string Prefix => Fill(_patterns.Prefix, "");

    /// <summary>A name of the given kind for a purpose: prefix and purpose, shortened where the kind allows it.</summary>
    public string For(NameRule rule, string purpose)
    {
        string name = purpose.Length == 0 ? Prefix : $"{Prefix}-{purpose}";
        name = name.Replace('-', rule.Separator);
        return rule.Shortens ? StableName.Shorten(name, rule.MaxLength) : name;
    }

    /// <summary>
    /// IAM patterns for every name that <see cref="For"/> returns for this kind: the prefix itself, and the prefix with a purpose, or with
    /// as much of it as remains in a shortened name.
    /// </summary>
    public IReadOnlyList<string> PatternsOf(NameRule rule)
    {
        string prefix = Prefix.Replace('-', rule.Separator);
        int kept = rule.Shortens ? StableName.KeptOf(rule.MaxLength) : rule.MaxLength;
        return prefix.Length < kept
            ? [For(rule, ""), $"{prefix}{rule.Separator}*"]
            : [For(rule, ""), $"{prefix[..Math.Min(kept, prefix.Length)].TrimEnd('-', '.', '_', '/')}*"];
    }

    /// <summary>
    /// Bucket of a purpose, globally unique by the account: <c>tap-files-poc-111111111111</c> unless the environment sets a pattern.
    /// </summary>
    public string Bucket(string purpose) => Fill(_patterns.Bucket, purpose);

    /// <summary>ECR repository of an app: <c>tap/backend</c>, shared by name between environments of different accounts.</summary>
    public string Repository(string app) => Fill(_patterns.Repository, app);

    /// <summary>
    /// Prefix of tags of released images, by application: <c>released.poc.backend.</c>, separated by a character that names do not contain.
    /// With it, the repository's lifecycle policy distinguishes released images from images that were only pushed.
    /// </summary>
    public string ReleaseTagPrefix(string application) => $"{ReleaseTagStart}{Environment}.{application}.";

    /// <summary>Prefix of tags of released images, for every environment and application.</summary>
    public const string ReleaseTagStart = "released.";

    /// <summary>
    /// Lambda layer: <c>poc-flask-layer</c> with the pattern <c>{env}-{purpose}</c>; the prefix and the layer unless the environment sets a
    /// pattern.
    /// </summary>
    public string Layer(string layer) => _patterns.Layer is { } pattern ? Fill(pattern, layer) : For(NameRule.Layer, layer);

    /// <summary>
    /// Bucket that artifacts are deployed from: <c>111111111111-code-deployment</c> with the pattern <c>{account}-code-deployment</c>.
    /// </summary>
    public string CodeBucket => _patterns.CodeBucket is { } pattern ? Fill(pattern, "") : Bucket(CodeBucketPurpose);

    /// <summary>SSM parameter: <c>/poc/tap/cognito/client-id</c> unless the environment sets a pattern.</summary>
    public string Parameter(string name) => Fill(_patterns.Parameter, name);

    /// <summary>Entry of the discovery tree: <c>/poc/tap/discovery/buckets/files</c>.</summary>
    public string Discovery(string path) => Parameter($"{DiscoveryRoot}/{path}");

    /// <summary>First level of the discovery tree, below <c>/{env}/{project}/</c>.</summary>
    public const string DiscoveryRoot = "discovery";

    /// <summary>
    /// Key prefix of the objects that the integration check writes to a data bucket; the delivery role can write only there.
    /// </summary>
    public const string ProbePrefix = "infra-verify/";

    /// <summary>Secret: <c>poc/tap/jwt-secret-key</c>.</summary>
    public string Secret(string name) => $"{Environment}/{Project}/{name}";

    /// <summary>The ECS cluster: <c>tap-poc</c>.</summary>
    public string Cluster => For(NameRule.Ecs, "");

    /// <summary>Log group of an ECS service: <c>/ecs/tap-poc-backend</c>.</summary>
    public string ServiceLogGroup(string service) => $"/ecs/{For(NameRule.Ecs, service)}";

    /// <summary>
    /// Log group of the web ACL; AWS WAF requires this prefix: <c>aws-waf-logs-tap-poc</c>.
    /// https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    /// </summary>
    public string FirewallLogGroup => $"aws-waf-logs-{Prefix}";

    /// <summary>Log group of ECS Exec sessions: <c>/ecs/tap-poc/exec</c>.</summary>
    public string ExecLogGroup => $"/ecs/{Cluster}/exec";

    /// <summary>
    /// Task definition of a job; it cannot conflict with a service, because names of services contain no underscore:
    /// <c>tap-poc-backend_nightly</c>.
    /// </summary>
    public string JobFamily(string service, string job) => For(NameRule.Ecs, $"{service}_{job}");

    /// <summary>Task definition of a service's migration: <c>tap-poc-backend-migration</c>.</summary>
    public string MigrationFamily(string service) => For(NameRule.Ecs, $"{service}-migration");

    /// <summary>Schedule group of jobs: <c>tap-poc-jobs</c>.</summary>
    public string JobGroup => For(NameRule.Schedule, "jobs");

    /// <summary>Release ledger parameter with the image that a service or an agent runs: <c>/poc/tap/releases/backend</c>.</summary>
    public string Release(string application) => Parameter($"releases/{application}");

    /// <summary>CloudFormation stack of an agent: <c>tap-poc-agent-assistant</c>.</summary>
    public string AgentStack(string agent) => For(NameRule.CloudFormationStack, $"agent-{agent}");

    /// <summary>Parameter that overrides the timetable of runtime: <c>/poc/tap/schedule/override</c>.</summary>
    public string ScheduleOverride => Parameter("schedule/override");

    /// <summary>Build project that wakes runtime and puts it to sleep: <c>tap-poc-cycle</c>.</summary>
    public string Cycle => For(NameRule.BuildProject, "cycle");

    /// <summary>Role of that build project, which the bootstrap stack creates.</summary>
    public string RuntimeScheduleRole => For(NameRule.IamRole, "infra-cycle");

    /// <summary>Group of an environment's schedules.</summary>
    public string ScheduleGroup => For(NameRule.Schedule, "");

    /// <summary>Purpose of the bucket with stored deployments.</summary>
    public const string DeploymentsPurpose = "deployments";

    /// <summary>Key of the stored deployment of runtime in that bucket; only roles that deploy write it.</summary>
    public const string StoredDeployment = "runtime/deployment.zip";

    /// <summary>Release ledger parameter with the layer version to use: <c>/poc/tap/layers/flask-layer</c>.</summary>
    public string LayerRelease(string layer) => Parameter($"layers/{layer}");

    /// <summary>State bucket of the project in this account: <c>tap-tfstate-111111111111</c>.</summary>
    public string StateBucket => $"{Project}-tfstate-{Account}";

    /// <summary>Bucket in another Region with a replica of a bucket: <c>tap-tfstate-111111111111-replica</c>.</summary>
    public static string Replica(string bucket) => $"{bucket}-replica";

    /// <summary>Lock table of the project in this account.</summary>
    public string LockTable => $"{Project}-tfstate-lock";

    /// <summary>State key of a stack of this environment: <c>tap/poc/base</c>.</summary>
    public string StateKey(string stack) => $"{Project}/{Environment}/{stack}";

    /// <summary>
    /// Lock that allows one publication of layers of this environment at a time, in the lock table of the states: <c>tap/poc/layers</c>.
    /// </summary>
    public string LayerLock => StateKey("layers");

    /// <summary>Lock that allows one release of an application at a time, in the same table: <c>tap/poc/release-backend</c>.</summary>
    public string ReleaseLock(string application) => StateKey($"release-{application}");

    /// <summary>State key of the once-per-account stack: <c>tap/bootstrap</c>.</summary>
    public string BootstrapStateKey => $"{Project}/bootstrap";

    /// <summary>State key of the project's pipeline: <c>tap/pipeline</c>.</summary>
    public string PipelineStateKey => $"{Project}/pipeline";

    private string Fill(string pattern, string purpose) => pattern
        .Replace("{project}", Project, StringComparison.Ordinal)
        .Replace("{env}", Environment, StringComparison.Ordinal)
        .Replace("{account}", Account, StringComparison.Ordinal)
        .Replace("{purpose}", purpose, StringComparison.Ordinal);
}

/// <summary>Naming patterns that an environment file can set, with the placeholders <c>{project} {env} {account} {purpose}</c>.</summary>
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
    string Parameter = "/{env}/{project}/{purpose}");
