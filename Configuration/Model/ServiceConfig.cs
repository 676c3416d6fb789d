using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>One ECS Fargate service: behind the load balancer, reached by other services alone, or a worker that nothing reaches.</summary>
public sealed record ServiceConfig : IVariables
{
    /// <summary>Pattern of names in <see cref="EnvironmentConfig.Services"/> and of what stands beside a service's container.</summary>
    internal const string Name = "[a-z]([a-z0-9-]{0,30}[a-z0-9])?";

    /// <summary>What such a name is, for findings.</summary>
    internal const string NameNoun = "a name of at most 32 lower-case letters, digits and inner hyphens, starting with a letter";

    /// <summary>Enough for sockets, locks and small uploads, little of the smallest task's 512 MiB.</summary>
    public const int DefaultTmpMiB = 64;

    [Description("CPU units; 1024 are one vCPU.")]
    [AllowedValues(256, 512, 1024, 2048, 4096, 8192, 16384, ErrorMessage = "a Fargate CPU size")]
    public int Cpu { get; init; } = 256;

    [Description("Memory in MiB; what Fargate sells depends on cpu.")]
    public int MemoryMiB { get; init; } = 512;

    [Description("Processor architecture that the image is built for.")]
    [AllowedValues("x86_64", "arm64")]
    public string Architecture { get; init; } = "x86_64";

    [Description("Port that the container listens on; none for a worker, which nothing reaches.")]
    [Range(1, 65535)]
    public int? Port { get; init; }

    [Description("Whether the load balancer leads to its port; otherwise those services alone reach it that name it in calls.")]
    public bool Public { get; init; } = true;

    [Description("Path that answers 200 while the container is healthy; the load balancer asks for it.")]
    [RegularExpression("/[!-~]*", ErrorMessage = "a path that begins with /")]
    public string HealthPath { get; init; } = "/health";

    [Description("Command that ends with 0 while the container is healthy, program and arguments; ECS runs it in the container. For what no load balancer asks.")]
    [Repeats]
    public IReadOnlyList<string> HealthCommand { get; init; } = [];

    [Description("Seconds in which a new task may fail its health checks.")]
    [Range(0, 3600)]
    public int HealthGraceSeconds { get; init; } = 60;

    [Description("Seconds that the load balancer lets open requests finish.")]
    [Range(0, 3600)]
    public int DeregistrationDelaySeconds { get; init; } = 30;

    [Description("Tasks to begin with.")]
    [Range(0, 1000)]
    public int Desired { get; init; } = 2;

    [Description("Grow and shrink with load; none keeps the number of tasks.")]
    public AutoscalingConfig? Autoscaling { get; init; }

    [Description("How its tasks are spread over Fargate and Fargate Spot.")]
    public CapacityConfig Capacity { get; init; } = new();

    [Description("How a new version takes the place of the one before.")]
    public RolloutConfig Deployment { get; init; } = new();

    [Description("Host name in the domain: api gives api.example.com; empty is the domain itself. None: reached by paths alone; one service may have neither and gets what no other takes.")]
    [RegularExpression("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)?", ErrorMessage = "one label of a host name (api for api.example.com), or empty for the domain itself")]
    public string? Host { get; init; }

    [Description("Paths that lead to this service, as the load balancer writes them: /api/*. None: every path of its host.")]
    [MaxLength(4)]
    [RegularExpression("/[A-Za-z0-9_.$/~\"'@:+&*?-]{0,127}", ErrorMessage = "a path that begins with / and has at most 128 letters, digits and _-.$/~\"'@:+&, with * and ? as wildcards")]
    public IReadOnlyList<string> Paths { get; init; } = [];

    [Description("ECR repository of its image. Default: one of the service's name.")]
    public string? Repository { get; init; }

    [Description("Environment variables with plain values. Secrets do not belong here.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Parameter Store at start, variable to name in parameters (or cognito/… which identity writes).")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Secrets Manager at start, variable to name in secrets (or database-url, database-master, cognito-client-secret).")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    [Description("What the application itself reads and writes; its task role follows from it.")]
    public UsesConfig Uses { get; init; } = new();

    [Description("User and group that the container runs as: numbers other than 0; image leaves the user that the image was built with; root.")]
    [RegularExpression(ContainerUsers.Pattern, ErrorMessage = ContainerUsers.Noun)]
    public string User { get; init; } = ContainerUsers.Default;

    [Description("Whether the root file system is read-only, so that the container writes to /tmp only. Turn it off for an image that writes elsewhere.")]
    public bool ReadOnlyRoot { get; init; } = true;

    [Description("Size of /tmp in MiB while readOnlyRoot is on. It lies in the task's memory and takes what is written there; without readOnlyRoot, /tmp is the image's own, on the task's disk of 20 GiB.")]
    [Range(1, 122880)]
    public int TmpMiB { get; init; } = DefaultTmpMiB;

    [Description("Whether a person may open a shell in a task (ECS Exec). What is typed and shown there is logged.")]
    public bool Exec { get; init; }

    [Description("Other services of this environment that it sends requests to, by name: through ECS Service Connect, at http://{connect.name}:{connect.port}.")]
    public IReadOnlyList<string> Calls { get; init; } = [];

    [Description("What services that call it know it as.")]
    public ConnectConfig Connect { get; init; } = new();

    [Description("Containers beside its own in every task, by name.")]
    [Keys(Name, NameNoun)]
    public IReadOnlyDictionary<string, SidecarConfig> Sidecars { get; init; } = new Dictionary<string, SidecarConfig>();

    [Description("Sidecars that its own container waits for, and until when: start, healthy, complete (ended), success (ended with 0).")]
    [AllowedValues("start", "healthy", "complete", "success")]
    public IReadOnlyDictionary<string, string> DependsOn { get; init; } = new Dictionary<string, string>();

    [Description("Commands of the released image that run by schedule, as tasks of their own, by name.")]
    [Keys(Name, NameNoun)]
    public IReadOnlyDictionary<string, JobConfig> Jobs { get; init; } = new Dictionary<string, JobConfig>();

    [Description("What a release runs once with the new image, before the new version serves.")]
    public MigrationConfig? Migration { get; init; }

    /// <summary>Whether the load balancer leads to it.</summary>
    public bool IsListening => Port is not null && Public;

    /// <summary>All that reads variables, with where it stands below the service.</summary>
    public IEnumerable<(string Path, IVariables Variables)> Containers =>
    [
        ("", this),
        .. Sidecars.Select(sidecar => ($".sidecars.{sidecar.Key}", (IVariables)sidecar.Value)),
        .. Jobs.Select(job => ($".jobs.{job.Key}", (IVariables)job.Value)),
        .. Migration is null ? [] : new[] { (".migration", (IVariables)Migration) },
    ];
}

/// <summary>Rights of a task, by what it uses.</summary>
public sealed record UsesConfig
{
    [Description("Buckets with read, write or both: files:read, files:write, files:readwrite.")]
    public IReadOnlyList<string> Buckets { get; init; } = [];

    [Description("Tables with read, write or both: sessions:readwrite.")]
    public IReadOnlyList<string> Tables { get; init; } = [];

    [Description("Secrets that the application reads by itself, by name.")]
    public IReadOnlyList<string> Secrets { get; init; } = [];

    [Description("Whether the application reads the environment's discovery parameters, /{env}/{project}/discovery/….")]
    public bool Discovery { get; init; }

    [Description("Bedrock models it may invoke, by id: foundation models (anthropic.claude-3-haiku-20240307-v1:0) in the environment's region, and inference profiles (us.anthropic.claude-sonnet-4-20250514-v1:0), with their model in every region that they route to.")]
    [RegularExpression("[a-z0-9-]+(\\.[a-z0-9-]+)+(:[0-9a-z]+)*", ErrorMessage = "a Bedrock model id such as anthropic.claude-3-haiku-20240307-v1:0, or an inference profile's such as us.anthropic.claude-sonnet-4-20250514-v1:0")]
    public IReadOnlyList<string> Models { get; init; } = [];

    [Description("Agents it may invoke, by name; their ARNs are the discovery parameters agents/{agent}/arn.")]
    public IReadOnlyList<string> Agents { get; init; } = [];
}
