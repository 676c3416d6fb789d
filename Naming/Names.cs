
namespace Infra.Naming;

/// <summary>
/// All names of one environment. Two environments of one account differ in <see cref="Environment"/>, so they never share a name, a state
/// key or a lock.
/// </summary>
/// <param name="project">Project, lower case: <c>tap</c>.</param>
/// <param name="environment">Environment, lower case: <c>poc</c>.</param>
/// <param name="account">Twelve digits of the AWS account.</param>
/// <param name="patterns">Naming patterns of the environment file.</param>
/// <param name="region">AWS Region, for patterns with <c>{region}</c>.</param>
public sealed class Names(string project, string environment, string account, NamePatterns? patterns = null, string region = "")
{
    /// <summary>Purpose of the bucket that artifacts are deployed from, if no pattern names it.</summary>
    public const string CodeBucketPurpose = "code-deployment";

    private readonly NamePatterns _patterns = patterns ?? new NamePatterns();

    public string Project { get; } = project;

    public string Environment { get; } = environment;

    public string Account { get; } = account;

    /// <summary>Prefix of every name: <c>tap-poc</c>.</summary>
    public string Prefix => FillWithoutPrefix(_patterns.Prefix, "");

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

    /// <summary>Key prefix of the artifacts of layers in the code bucket: <c>layers</c>.</summary>
    public string CodePrefix => _patterns.CodePrefix;

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
    public string Cluster => Of(_patterns.Cluster, "") ?? For(NameRule.Ecs, "");

    /// <summary>ECS service, and family of its task definition: <c>tap-poc-backend</c>.</summary>
    public string Service(string service) => Of(_patterns.Service, service) ?? For(NameRule.Ecs, service);

    /// <summary>Log group of an ECS service: <c>/ecs/tap-poc-backend</c>.</summary>
    public string ServiceLogGroup(string service) => $"/ecs/{Service(service)}";

    /// <summary>Execution role of a service: <c>tap-poc-backend-execution</c>.</summary>
    public string ExecutionRole(string service) =>
        Of(_patterns.ExecutionRole, service) ?? For(NameRule.IamRole, $"{service}-execution");

    /// <summary>Execution role of a service's migration: <c>tap-poc-backend-migration-execution</c>.</summary>
    public string MigrationRole(string service) => For(NameRule.IamRole, $"{service}-migration-execution");

    /// <summary>Task role of a service: <c>tap-poc-backend-task</c>.</summary>
    public string TaskRole(string service) => Of(_patterns.TaskRole, service) ?? For(NameRule.IamRole, $"{service}-task");

    /// <summary>Role that starts the jobs of a service: <c>tap-poc-backend-jobs</c>.</summary>
    public string JobRole(string service) => For(NameRule.IamRole, $"{service}-jobs");

    /// <summary>Role with which GitHub Actions deliver applications: <c>tap-poc-github-delivery</c>.</summary>
    public string DeliveryRole => Of(_patterns.DeliveryRole, "") ?? For(NameRule.IamRole, GitHubRoles.Deliver);

    /// <summary>The load balancer: <c>tap-poc</c>.</summary>
    public string LoadBalancer => Of(_patterns.LoadBalancer, "") ?? For(NameRule.LoadBalancer, "");

    /// <summary>Target group of a service: <c>tap-poc-backend</c>.</summary>
    public string TargetGroup(string service) => Of(_patterns.TargetGroup, service) ?? For(NameRule.TargetGroup, service);

    /// <summary>The Cognito user pool: <c>tap-poc-users</c>.</summary>
    public string UserPool => Of(_patterns.UserPool, "") ?? For(NameRule.UserPool, "users");

    /// <summary>Client of the user pool: <c>tap-poc-app</c>.</summary>
    public string UserPoolClient => Of(_patterns.UserPoolClient, "") ?? For(NameRule.UserPoolClient, "app");

    /// <summary>SNS topic: <c>tap-poc-alerts</c>.</summary>
    public string Topic(string purpose) => Of(_patterns.Topic, purpose) ?? For(NameRule.Topic, purpose);

    /// <summary>The monthly budget: <c>tap-poc-monthly</c>.</summary>
    public string Budget => Of(_patterns.Budget, "") ?? For(NameRule.Budget, "monthly");

    /// <summary>Whether the budget has a pattern of its own: then its name need not begin with the prefix.</summary>
    public bool NamesBudget => _patterns.Budget is not null;

    /// <summary>RDS instance: <c>tap-poc-db</c>.</summary>
    public string Database(string purpose) => Of(_patterns.Database, purpose) ?? For(NameRule.Database, purpose);

    /// <summary>DynamoDB table: <c>tap-poc-sessions</c>.</summary>
    public string Table(string table) => Of(_patterns.Table, table) ?? For(NameRule.Table, table);

    /// <summary>SQS queue: <c>tap-poc-orders</c>; that of a FIFO queue ends with <c>.fifo</c>.</summary>
    public string Queue(string queue, bool fifo) => fifo
        ? $"{For(NameRule.Queue with { MaxLength = NameRule.Queue.MaxLength - Fifo.Length }, queue)}{Fifo}"
        : For(NameRule.Queue, queue);

    /// <summary>Dead-letter queue of a queue: <c>tap-poc-orders-dlq</c>.</summary>
    public string DeadLetterQueue(string queue, bool fifo) => Queue($"{queue}{DeadLetterSuffix}", fifo);

    /// <summary>End of the names of dead-letter queues.</summary>
    public const string DeadLetterSuffix = "-dlq";

    /// <summary>Purpose of the dead-letter queue of an environment's schedules.</summary>
    public const string MissedTurnsPurpose = "missed-turns";

    // SQS requires it. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html
    private const string Fifo = ".fifo";

    /// <summary>
    /// Log group of the web ACL; AWS WAF requires this prefix: <c>aws-waf-logs-tap-poc</c>.
    /// https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
    /// </summary>
    public string FirewallLogGroup => $"aws-waf-logs-{Prefix}";

    /// <summary>Log group that Container Insights creates for the cluster: <c>/aws/ecs/containerinsights/tap-poc/performance</c>.</summary>
    public string ContainerInsightsLogGroup => $"/aws/ecs/containerinsights/{Cluster}/performance";

    /// <summary>Log group of ECS Exec sessions: <c>/ecs/tap-poc/exec</c>.</summary>
    public string ExecLogGroup => $"/ecs/{Cluster}/exec";

    /// <summary>
    /// Task definition of a job; it cannot conflict with a service, because names of services contain no underscore:
    /// <c>tap-poc-backend_nightly</c>.
    /// </summary>
    public string JobFamily(string service, string job) => PartOfService(service, $"_{job}");

    /// <summary>Task definition of a service's migration: <c>tap-poc-backend-migration</c>.</summary>
    public string MigrationFamily(string service) => PartOfService(service, "-migration");

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
    public string StateBucket => Of(_patterns.StateBucket, "") ?? $"{Project}-tfstate-{Account}";

    /// <summary>Bucket in another Region with a replica of a bucket: <c>tap-tfstate-111111111111-replica</c>.</summary>
    public static string Replica(string bucket) => $"{bucket}-replica";

    /// <summary>Lock table of the project in this account.</summary>
    public string LockTable => Of(_patterns.LockTable, "") ?? $"{Project}-tfstate-lock";

    /// <summary>State key of a stack of this environment: <c>tap/poc/base</c> unless the environment sets a pattern.</summary>
    public string StateKey(string stack) => _patterns.StateKey is { } pattern
        ? Fill(pattern, "").Replace("{stack}", stack, StringComparison.Ordinal)
        : Lock(stack);

    /// <summary>
    /// Whether nothing but states and locks of this environment is below <c>tap/poc/</c>, so that one IAM pattern matches its states.
    /// </summary>
    public bool HasStateFolder => _patterns.StateKey is null;

    /// <summary>
    /// Lock that allows one publication of layers of this environment at a time, in the lock table of the states: <c>tap/poc/layers</c>.
    /// </summary>
    public string LayerLock => Lock("layers");

    /// <summary>Lock that allows one release of an application at a time, in the same table: <c>tap/poc/release-backend</c>.</summary>
    public string ReleaseLock(string application) => Lock($"release-{application}");

    /// <summary>Id of a lock of this environment in the lock table: <c>tap/poc/layers</c>; may contain <c>*</c>.</summary>
    public string Lock(string name) => $"{Project}/{Environment}/{name}";

    /// <summary>State key of the once-per-account stack: <c>tap/bootstrap</c>.</summary>
    public string BootstrapStateKey => $"{Project}/bootstrap";

    /// <summary>State key of the project's pipeline: <c>tap/pipeline</c>.</summary>
    public string PipelineStateKey => $"{Project}/pipeline";

    /// <summary>A name with a pattern, without a purpose.</summary>
    public string Fill(string pattern) => Fill(pattern, "");

    // A pattern without {purpose} is the name of an environment's only service.
    private string PartOfService(string service, string suffix) =>
        _patterns.Service?.Contains("{purpose}", StringComparison.Ordinal) is false
            ? $"{Service(service)}{suffix}"
            : Service($"{service}{suffix}");

    private string? Of(string? pattern, string purpose) => pattern is null ? null : Fill(pattern, purpose);

    private string Fill(string pattern, string purpose) =>
        FillWithoutPrefix(pattern, purpose).Replace("{prefix}", Prefix, StringComparison.Ordinal);

    private string FillWithoutPrefix(string pattern, string purpose) => pattern
        .Replace("{project}", Project, StringComparison.Ordinal)
        .Replace("{env}", Environment, StringComparison.Ordinal)
        .Replace("{account}", Account, StringComparison.Ordinal)
        .Replace("{region}", region, StringComparison.Ordinal)
        .Replace("{purpose}", purpose, StringComparison.Ordinal);
}
