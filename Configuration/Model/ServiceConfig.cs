using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>One ECS Fargate service: behind the load balancer, called only by other services, or a worker without a port.</summary>
public sealed record ServiceConfig : IVariables
{
    /// <summary>Pattern of names in <see cref="EnvironmentConfig.Services"/>, and of names of sidecars and jobs.</summary>
    internal const string Name = "[a-z]([a-z0-9-]{0,30}[a-z0-9])?";

    /// <summary>Description of such a name, for findings.</summary>
    internal const string NameNoun = "a name of at most 32 lower-case letters, digits and inner hyphens, starting with a letter";

    /// <summary>Enough for sockets, locks and small uploads; a small part of the smallest task's 512 MiB.</summary>
    public const int DefaultTmpMiB = 64;

    [Description("CPU units; 1024 are one vCPU.")]
    [AllowedValues(256, 512, 1024, 2048, 4096, 8192, 16384, ErrorMessage = "a Fargate CPU size")]
    public int Cpu { get; init; } = 256;

    [Description("Memory in MiB; Fargate's valid values depend on cpu.")]
    public int MemoryMiB { get; init; } = 512;

    [Description("Processor architecture that the image is built for.")]
    public CpuArchitecture Architecture { get; init; } = CpuArchitecture.X64;

    [Description("Port that the container listens on; none for a worker without a port.")]
    [Range(1, 65535)]
    public int? Port { get; init; }

    [Description("Whether the load balancer forwards to its port; otherwise only the services that list it in calls can reach it.")]
    public bool Public { get; init; } = true;

    [Description("Health check path of the load balancer; it returns 200 while the container is healthy.")]
    [RegularExpression("/[!-~]*", ErrorMessage = "a path that begins with /")]
    public string HealthPath { get; init; } = "/health";

    [Description(
        "Container health check: program and arguments; exits with 0 while the container is healthy. ECS runs it in the container. For "
            + "services without a load balancer.")]
    [Repeats]
    public IReadOnlyList<string> HealthCommand { get; init; } = [];

    [Description("Grace period in seconds in which health checks of a new task may fail.")]
    [Range(0, 3600)]
    public int HealthGraceSeconds { get; init; } = 60;

    [Description("Deregistration delay: seconds in which open requests can finish.")]
    [Range(0, 3600)]
    public int DeregistrationDelaySeconds { get; init; } = 30;

    [Description(
        "Seconds for which the load balancer sends the requests of a browser to the same task, by a cookie: for applications that keep "
            + "sessions in the memory of a task. None: to any task.")]
    [Range(1, 604800)]
    public int? StickySeconds { get; init; }

    [Description("Initial number of tasks.")]
    [Range(0, 1000)]
    public int Desired { get; init; } = 2;

    [Description("Autoscaling by load; none keeps the number of tasks.")]
    public AutoscalingConfig? Autoscaling { get; init; }

    [Description("How its tasks are distributed across Fargate and Fargate Spot.")]
    public CapacityConfig Capacity { get; init; } = new();

    [Description("How a deployment replaces the previous version.")]
    public RolloutConfig Deployment { get; init; } = new();

    [Description(
        "Host name in the domain: api gives api.example.com; empty is the domain itself. None: reached only by paths; one service may "
            + "have neither and receives the requests that match no other.")]
    [RegularExpression("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?",
        ErrorMessage = "one label of a host name (api for api.example.com), or empty for the domain itself")]
    public string? Host { get; init; }

    [Description("Path patterns of the load balancer's listener rule: /api/*. None: every path of its host.")]
    [MaxLength(4)]
    [RegularExpression("/[A-Za-z0-9_.$/~\"'@:+&*?-]{0,127}",
        ErrorMessage = "a path that begins with / and has at most 128 letters, digits and _-.$/~\"'@:+&, with * and ? as wildcards")]
    public IReadOnlyList<string> Paths { get; init; } = [];

    [Description(
        "ECR repository of its image; services that name the same one share images, and each has its own releases. Default: the "
            + "repository with the service's name.")]
    public string? Repository { get; init; }

    [Description(
        "Command: program and arguments, for example of a worker in the image of another service. Default: the image's own.")]
    [Repeats]
    public IReadOnlyList<string> Command { get; init; } = [];

    [Description(
        "Entry point: program and first arguments, before command; ECS then does not use the image's own command. Default: the image's "
            + "own. Jobs and the migration have the image's.")]
    [Repeats]
    public IReadOnlyList<string> EntryPoint { get; init; } = [];

    [Description("Environment variables with plain-text values. Secrets do not belong here.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [Description(
        "Environment variables read from Parameter Store at start: variable to name in parameters (or cognito/…, which identity creates).")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [Description(
        "Environment variables read from Secrets Manager at start: variable to name in secrets (or database-url, database-master, "
            + "cognito-client-secret).")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    [Description("Resources that the application uses; the permissions of its task role are derived from it.")]
    public UsesConfig Uses { get; init; } = new();

    [Description("User and group id of the container, other than 0; image keeps the image's user; root.")]
    [RegularExpression(ContainerUsers.Pattern, ErrorMessage = ContainerUsers.Noun)]
    public string User { get; init; } = ContainerUsers.Default;

    [Description(
        "Whether the root file system is read-only, so that the container can write only to /tmp. Turn it off for an image that writes "
            + "elsewhere.")]
    public bool ReadOnlyRoot { get; init; } = true;

    [Description(
        "Size of /tmp in MiB while readOnlyRoot is on. It uses the task's memory; without readOnlyRoot, /tmp is part of the image's "
            + "file system, on the task's 20 GiB of ephemeral storage.")]
    [Range(1, 122880)]
    public int TmpMiB { get; init; } = DefaultTmpMiB;

    [Description("Whether ECS Exec is enabled, to open a shell in a task. Sessions are logged.")]
    public bool Exec { get; init; }

    [Description(
        "Other services of this environment that it calls, by name: with ECS Service Connect, at http://{connect.name}:{connect.port}.")]
    public IReadOnlyList<string> Calls { get; init; } = [];

    [Description("Host name and port under which other services call it.")]
    public ConnectConfig Connect { get; init; } = new();

    [Description("Sidecar containers in every task, by name.")]
    [Keys(Name, NameNoun)]
    public IReadOnlyDictionary<string, SidecarConfig> Sidecars { get; init; } = new Dictionary<string, SidecarConfig>();

    [Description(
        "Sidecars that its own container depends on, with the condition: start, healthy, complete (exited), success (exited with 0).")]
    public IReadOnlyDictionary<string, ContainerCondition> DependsOn { get; init; } = new Dictionary<string, ContainerCondition>();

    [Description("Scheduled commands that run in the released image as separate tasks, by name.")]
    [Keys(Name, NameNoun)]
    public IReadOnlyDictionary<string, JobConfig> Jobs { get; init; } = new Dictionary<string, JobConfig>();

    [Description("Command that a release runs once with the new image, before the new version receives requests.")]
    public MigrationConfig? Migration { get; init; }

    /// <summary>Whether the load balancer forwards to it.</summary>
    public bool IsListening => Port is not null && Public;

    /// <summary>Everything in it that has environment variables, with its path below the service.</summary>
    public IEnumerable<(string Path, IVariables Variables)> Containers =>
    [
        ("", this),
        .. Sidecars.Select(sidecar => ($".sidecars.{sidecar.Key}", (IVariables)sidecar.Value)),
        .. Jobs.Select(job => ($".jobs.{job.Key}", (IVariables)job.Value)),
        .. Migration is null ? [] : new[] { (".migration", (IVariables)Migration) },
        .. CreatedDatabaseUser.Of(this).Select(user => (".migration.createUser", (IVariables)user)),
    ];
}

/// <summary>Resources that an application uses, from which its permissions are derived.</summary>
public sealed record UsesConfig
{
    [Description("Buckets with the access: files:read, files:write, files:readwrite.")]
    public IReadOnlyList<string> Buckets { get; init; } = [];

    [Description("Tables with the access: sessions:readwrite.")]
    public IReadOnlyList<string> Tables { get; init; } = [];

    [Description("Queues with the access: orders:send, orders:receive; receive also deletes messages and changes their visibility.")]
    public IReadOnlyList<string> Queues { get; init; } = [];

    [Description("Secrets that the application reads itself, by name.")]
    public IReadOnlyList<string> Secrets { get; init; } = [];

    [Description("Whether the application reads the environment's discovery parameters, /{env}/{project}/discovery/….")]
    public bool Discovery { get; init; }

    [Description(
        "Bedrock models it may invoke, by id: foundation models (anthropic.claude-3-haiku-20240307-v1:0) in the environment's Region, "
            + "and inference profiles (us.anthropic.claude-sonnet-4-20250514-v1:0), with their model in every Region that they route to.")]
    [RegularExpression(
        "[a-z0-9-]+(\\.[a-z0-9-]+)+(:[0-9a-z]+)*",
        ErrorMessage =
            "a Bedrock model id such as anthropic.claude-3-haiku-20240307-v1:0, or an inference profile's such as "
                + "us.anthropic.claude-sonnet-4-20250514-v1:0")]
    public IReadOnlyList<string> Models { get; init; } = [];

    [Description("Agents it may invoke, by name; their ARNs are the discovery parameters agents/{agent}/arn.")]
    public IReadOnlyList<string> Agents { get; init; } = [];
}
