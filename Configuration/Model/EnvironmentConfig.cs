using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Infra.Configuration.Extensions;
using Infra.Naming;
using Newtonsoft.Json;

namespace Infra.Configuration.Model;

/// <summary>The configuration of one deployment: an environment file, checked and with all defaults.</summary>
public sealed record EnvironmentConfig
{
    [Description("Name of the environment and of its file; part of names, state keys and tags.")]
    [RegularExpression("[a-z]([a-z0-9-]{0,14}[a-z0-9])?",
        ErrorMessage = "a name of at most 16 lower-case letters, digits and inner hyphens, starting with a letter")]
    public required string Name { get; init; }

    [Description("Project of the environment; part of names, state keys and tags.")]
    [RegularExpression("[a-z][a-z0-9-]{0,22}[a-z0-9]",
        ErrorMessage = "a name of 2 to 24 lower-case letters, digits and inner hyphens, starting with a letter")]
    public required string Project { get; init; }

    [Description("AWS account, twelve digits. Terraform refuses to change any other account.")]
    [RegularExpression("[0-9]{12}", ErrorMessage = "an account id of twelve digits")]
    public required string Account { get; init; }

    [Description("AWS Region of all resources except those that AWS requires in us-east-1 (CloudFront's certificate).")]
    [RegularExpression("[a-z]{2}(-[a-z]+)+-[0-9]", ErrorMessage = "an AWS region such as eu-west-1")]
    public required string Region { get; init; }

    [Description(
        "Whether it is a production environment: commands ask for confirmation before they change it, and the database has a standby in "
            + "a second zone.")]
    public bool Production { get; init; }

    [Description("Whether its data may be deleted: no deletion protection, no final snapshot, buckets are emptied on destroy.")]
    public bool Disposable { get; init; }

    [Description("Whether it runs on the local AWS emulator instead of an account.")]
    public bool Emulator { get; init; }

    [Description("Patterns of resource names.")]
    public NamingConfig Naming { get; init; } = new();

    [Description("DNS name under which services and sites are available; none means AWS's own host names and no TLS on the load balancer.")]
    public DomainConfig? Domain { get; init; }

    [Description("GitHub repository whose workflows deploy by OIDC.")]
    [JsonProperty("github")]
    public GitHubConfig? GitHub { get; init; }

    [Description(
        "Environment whose pipeline deploys this one, by the name of its file in the same folder. The bootstrap stack then creates the "
            + "roles that the pipeline assumes.")]
    [RegularExpression("[a-z]([a-z0-9-]{0,14}[a-z0-9])?", ErrorMessage = "the name of an environment")]
    public string? DeployedFrom { get; init; }

    [Description("Location of Terraform's state.")]
    public StateConfig State { get; init; } = new();

    [Description("The VPC.")]
    public NetworkConfig Network { get; init; } = new();

    [Description("Services on ECS Fargate, by name.")]
    [Keys(ServiceConfig.Name, ServiceConfig.NameNoun)]
    public IReadOnlyDictionary<string, ServiceConfig> Services { get; init; } = new Dictionary<string, ServiceConfig>();

    [Description("Agents on Bedrock AgentCore, by name.")]
    [Keys(ServiceConfig.Name, ServiceConfig.NameNoun)]
    public IReadOnlyDictionary<string, AgentConfig> Agents { get; init; } = new Dictionary<string, AgentConfig>();

    [Description("Static sites on S3 and CloudFront, by name.")]
    [Keys("[a-z]([a-z0-9-]{0,30}[a-z0-9])?", "a name of at most 32 lower-case letters, digits and inner hyphens, starting with a letter")]
    public IReadOnlyDictionary<string, SiteConfig> Sites { get; init; } = new Dictionary<string, SiteConfig>();

    [Description("Buckets for data, by purpose.")]
    [Keys("[a-z]([a-z0-9-]{0,30}[a-z0-9])?", "a name of at most 32 lower-case letters, digits and inner hyphens, starting with a letter")]
    public IReadOnlyDictionary<string, BucketConfig> Buckets { get; init; } = new Dictionary<string, BucketConfig>();

    [Description("DynamoDB tables, by name.")]
    [Keys("[a-z]([a-z0-9-]{0,30}[a-z0-9])?", "a name of at most 32 lower-case letters, digits and inner hyphens, starting with a letter")]
    public IReadOnlyDictionary<string, TableConfig> Tables { get; init; } = new Dictionary<string, TableConfig>();

    [Description("SQS queues, by name.")]
    [Keys("[a-z]([a-z0-9-]{0,30}[a-z0-9])?", "a name of at most 32 lower-case letters, digits and inner hyphens, starting with a letter")]
    public IReadOnlyDictionary<string, QueueConfig> Queues { get; init; } = new Dictionary<string, QueueConfig>();

    [Description("ECR repositories, by application; every service automatically has one with its own name.")]
    [Keys("[a-z0-9]+([._-][a-z0-9]+)*(/[a-z0-9]+([._-][a-z0-9]+)*)*",
        "a repository name of lower-case letters and digits, separated by one of . _ - /")]
    public IReadOnlyDictionary<string, RepositoryConfig> Repositories { get; init; } = new Dictionary<string, RepositoryConfig>();

    [Description("Lambda layers, by name.")]
    [Keys("[a-z]([a-z0-9-]{0,126}[a-z0-9])?", "a name of at most 128 lower-case letters, digits and inner hyphens, starting with a letter")]
    public IReadOnlyDictionary<string, LayerConfig> Layers { get; init; } = new Dictionary<string, LayerConfig>();

    [Description("The PostgreSQL database.")]
    public DatabaseConfig? Database { get; init; }

    [Description(
        "Further PostgreSQL databases, by name; services refer to their secrets as {name}-database-url and {name}-database-master.")]
    [Keys("[a-z]([a-z0-9-]{0,30}[a-z0-9])?", "a name of at most 32 lower-case letters, digits and inner hyphens, starting with a letter")]
    public IReadOnlyDictionary<string, DatabaseConfig> Databases { get; init; } = new Dictionary<string, DatabaseConfig>();

    [Description("The Cognito user pool.")]
    public IdentityConfig? Identity { get; init; }

    [Description("Values that services read from Parameter Store, by name below /{env}/{project}/.")]
    [Keys("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*", "a name of letters, digits and _.-, with / between levels")]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [Description(
        "SecureString values that services read from Parameter Store, by name below /{env}/{project}/. The values are never in a file "
            + "or in Terraform's state.")]
    [Keys("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*", "a name of letters, digits and _.-, with / between levels")]
    public IReadOnlyDictionary<string, SecureParameterConfig> SecureParameters { get; init; } =
        new Dictionary<string, SecureParameterConfig>();

    [Description("Secrets in Secrets Manager, by name below {env}/{project}/. Values are never in a file.")]
    [Keys("[A-Za-z0-9_+=.@-]+(/[A-Za-z0-9_+=.@-]+)*", "a name of letters, digits and _+=.@-, with / between levels")]
    public IReadOnlyDictionary<string, SecretConfig> Secrets { get; init; } = new Dictionary<string, SecretConfig>();

    [Description("Logs, alarms and notifications.")]
    public ObservabilityConfig Observability { get; init; } = new();

    [Description("Secure defaults; change them only for a reason.")]
    public SecurityConfig Security { get; init; } = new();

    [Description("Daily backups of data, stored separately from it.")]
    public BackupConfig? Backup { get; init; }

    [Description("People and teams to contact about the environment; status and map show them.")]
    public IReadOnlyList<ContactConfig> Contacts { get; init; } = [];

    [Description("Monthly cost budget and its notifications.")]
    public BudgetConfig? Budget { get; init; }

    [Description(
        "Resources with data, or that are an identity, that a deployment may destroy or replace until a date. Without an entry or "
            + "--allow-data-loss, a deployment of an environment that is not disposable stops before it does.")]
    public IReadOnlyList<AllowedLossConfig> AllowDataLoss { get; init; } = [];

    [Description("Smoke tests of the running environment, after each deployment and release.")]
    public IReadOnlyList<SmokeConfig> Smoke { get; init; } = [];

    [Description("Pipeline that deploys environments of other accounts; such an environment contains nothing else.")]
    public PipelineConfig? Pipeline { get; init; }

    [Description("Sections of the extensions in the folder Extensions, by extension; one that is not listed creates nothing.")]
    public IReadOnlyDictionary<string, ExtensionConfig> Extensions { get; init; } = new Dictionary<string, ExtensionConfig>();

    [Description("Hours in which runtime is up; none means always.")]
    public ScheduleConfig? Schedule { get; init; }

    [Description(
        "Tags on every resource in addition to Project, Environment and Deployment (project/environment), and in place of the defaults of "
            + "ManagedBy (cdktf) and ProductDomain (the project).")]
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Full name of a host in the domain; none without a domain or a host.</summary>
    public string? HostName(string? host) => host is null || Domain is null ? null : HostNames.In(Domain.Name, host);
}
