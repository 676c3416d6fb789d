
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
    /// <summary>What the bucket that artifacts are deployed from is for, where no pattern of its own names it.</summary>
    public const string CodeBucketPurpose = "code-deployment";

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
        name = name.Replace('-', rule.Separator);
        return rule.Shortens ? StableName.Shorten(name, rule.MaxLength) : name;
    }

    /// <summary>
    /// Every name that <see cref="For"/> gives for the kind, as patterns of IAM: the prefix itself, and the prefix with a purpose, or as much of it as is
    /// left of a name that is shortened.
    /// </summary>
    public IReadOnlyList<string> PatternsOf(NameRule rule)
    {
        string prefix = Prefix.Replace('-', rule.Separator);
        int kept = rule.Shortens ? StableName.KeptOf(rule.MaxLength) : rule.MaxLength;
        return prefix.Length < kept ? [For(rule, ""), $"{prefix}{rule.Separator}*"] : [For(rule, ""), $"{prefix[..Math.Min(kept, prefix.Length)].TrimEnd('-', '.', '_', '/')}*"];
    }

    /// <summary>Bucket of a purpose, globally unique by the account: <c>tap-files-poc-111111111111</c> unless the environment sets a pattern.</summary>
    public string Bucket(string purpose) => Fill(_patterns.Bucket, purpose);

    /// <summary>ECR repository of an app: <c>tap/backend</c>, shared by name between environments of different accounts.</summary>
    public string Repository(string app) => Fill(_patterns.Repository, app);

    /// <summary>
    /// What tags of released images begin with, by application: <c>released.poc.backend.</c>, parted by what no name has. A rule of the
    /// repository keeps images with such a tag apart from those that were only pushed.
    /// </summary>
    public string ReleaseTagPrefix(string application) => $"{ReleaseTagStart}{Environment}.{application}.";

    /// <summary>What tags of released images begin with, whatever the environment and the application.</summary>
    public const string ReleaseTagStart = "released.";

    /// <summary>Lambda layer: <c>poc-flask-layer</c> with the pattern <c>{env}-{purpose}</c>; the prefix and the layer unless the environment sets a pattern.</summary>
    public string Layer(string layer) => _patterns.Layer is { } pattern ? Fill(pattern, layer) : For(NameRule.Layer, layer);

    /// <summary>Bucket that artifacts are deployed from: <c>111111111111-code-deployment</c> with the pattern <c>{account}-code-deployment</c>.</summary>
    public string CodeBucket => _patterns.CodeBucket is { } pattern ? Fill(pattern, "") : Bucket(CodeBucketPurpose);

    /// <summary>SSM parameter: <c>/poc/tap/cognito/client-id</c> unless the environment sets a pattern.</summary>
    public string Parameter(string name) => Fill(_patterns.Parameter, name);

    /// <summary>Entry of the discovery tree: <c>/poc/tap/discovery/buckets/files</c>.</summary>
    public string Discovery(string path) => Parameter($"{DiscoveryRoot}/{path}");

    /// <summary>First level of the discovery tree, below <c>/{env}/{project}/</c>.</summary>
    public const string DiscoveryRoot = "discovery";

    /// <summary>Where in a data bucket the integration check writes its objects; the delivery role writes nowhere else in it.</summary>
    public const string ProbePrefix = "infra-verify/";

    /// <summary>Secret: <c>poc/tap/jwt-secret-key</c>.</summary>
    public string Secret(string name) => $"{Environment}/{Project}/{name}";

    /// <summary>The ECS cluster: <c>tap-poc</c>.</summary>
    public string Cluster => For(NameRule.Ecs, "");

    /// <summary>Log group of an ECS service: <c>/ecs/tap-poc-backend</c>.</summary>
    public string ServiceLogGroup(string service) => $"/ecs/{For(NameRule.Ecs, service)}";

    /// <summary>
    /// Log group of the firewall; AWS WAF takes only such as begin like this: <c>aws-waf-logs-tap-poc</c>.
    /// https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    /// </summary>
    public string FirewallLogGroup => $"aws-waf-logs-{Prefix}";

    /// <summary>Log group of what people type and see in shells of tasks: <c>/ecs/tap-poc/exec</c>.</summary>
    public string ExecLogGroup => $"/ecs/{Cluster}/exec";

    /// <summary>Task definition of a job; no service's, since no service has an underscore in its name: <c>tap-poc-backend_nightly</c>.</summary>
    public string JobFamily(string service, string job) => For(NameRule.Ecs, $"{service}_{job}");

    /// <summary>Task definition of a service's migration: <c>tap-poc-backend-migration</c>.</summary>
    public string MigrationFamily(string service) => For(NameRule.Ecs, $"{service}-migration");

    /// <summary>Group of the schedules by which jobs run: <c>tap-poc-jobs</c>.</summary>
    public string JobGroup => For(NameRule.Schedule, "jobs");

    /// <summary>Parameter of the release ledger that holds the image a service or an agent runs: <c>/poc/tap/releases/backend</c>.</summary>
    public string Release(string application) => Parameter($"releases/{application}");

    /// <summary>CloudFormation stack of an agent: <c>tap-poc-agent-assistant</c>.</summary>
    public string AgentStack(string agent) => For(NameRule.CloudFormationStack, $"agent-{agent}");

    /// <summary>Parameter that says what runtime is to be whatever the timetable says: <c>/poc/tap/schedule/override</c>.</summary>
    public string ScheduleOverride => Parameter("schedule/override");

    /// <summary>Build project that wakes runtime and puts it to sleep: <c>tap-poc-cycle</c>.</summary>
    public string Cycle => For(NameRule.BuildProject, "cycle");

    /// <summary>Role of that build project, which the bootstrap stack makes.</summary>
    public string RuntimeScheduleRole => For(NameRule.IamRole, "infra-cycle");

    /// <summary>Group of an environment's schedules.</summary>
    public string ScheduleGroup => For(NameRule.Schedule, "");

    /// <summary>Purpose of the bucket in which a deployment leaves what it was made from.</summary>
    public const string DeploymentsPurpose = "deployments";

    /// <summary>Key in that bucket of what the last deployment of runtime stored; only whoever deploys writes it.</summary>
    public const string StoredDeployment = "runtime/deployment.zip";

    /// <summary>Parameter of the release ledger that holds the layer version to use: <c>/poc/tap/layers/flask-layer</c>.</summary>
    public string LayerRelease(string layer) => Parameter($"layers/{layer}");

    /// <summary>State bucket of the project in this account: <c>tap-tfstate-111111111111</c>.</summary>
    public string StateBucket => $"{Project}-tfstate-{Account}";

    /// <summary>Bucket in another region that holds a copy of another: <c>tap-tfstate-111111111111-replica</c>.</summary>
    public static string Replica(string bucket) => $"{bucket}-replica";

    /// <summary>Lock table of the project in this account.</summary>
    public string LockTable => $"{Project}-tfstate-lock";

    /// <summary>State key of a stack of this environment: <c>tap/poc/base</c>.</summary>
    public string StateKey(string stack) => $"{Project}/{Environment}/{stack}";

    /// <summary>Lock, in the table that also locks the states, under which one at a time publishes layers of this environment: <c>tap/poc/layers</c>.</summary>
    public string LayerLock => StateKey("layers");

    /// <summary>Lock, in the same table, under which one release of an application at a time runs: <c>tap/poc/release-backend</c>.</summary>
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

/// <summary>Patterns of the names that teams want their own way, with the placeholders <c>{project} {env} {account} {purpose}</c>.</summary>
/// <param name="Prefix">What names begin with.</param>
/// <param name="Bucket">Buckets; S3 wants them globally unique, hence the account.</param>
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
