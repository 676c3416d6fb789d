using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>One ECS Fargate service behind the load balancer.</summary>
public sealed record ServiceConfig
{
    private const string VariableName = "[A-Za-z_][A-Za-z0-9_]*";
    private const string VariableNoun = "a name of letters, digits and underscores, not starting with a digit";

    [Description("CPU units; 1024 are one vCPU.")]
    [AllowedValues(256, 512, 1024, 2048, 4096, 8192, 16384, ErrorMessage = "a Fargate CPU size")]
    public int Cpu { get; init; } = 256;

    [Description("Memory in MiB; what Fargate sells depends on cpu.")]
    public int MemoryMiB { get; init; } = 512;

    [Description("Processor architecture that the image is built for.")]
    [AllowedValues("x86_64", "arm64")]
    public string Architecture { get; init; } = "x86_64";

    [Description("Port that the container listens on.")]
    [Range(1, 65535)]
    public required int Port { get; init; }

    [Description("Path that answers 200 while the container is healthy.")]
    [RegularExpression("/[!-~]*", ErrorMessage = "a path that begins with /")]
    public string HealthPath { get; init; } = "/health";

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
    [Keys(VariableName, VariableNoun)]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Parameter Store at start, variable to name in parameters (or cognito/… which identity writes).")]
    [Keys(VariableName, VariableNoun)]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Secrets Manager at start, variable to name in secrets (or database-url, database-master, cognito-client-secret).")]
    [Keys(VariableName, VariableNoun)]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    [Description("What the application itself reads and writes; its task role follows from it.")]
    public UsesConfig Uses { get; init; } = new();

    [Description("User and group that the container runs as, numeric and not 0.")]
    [RegularExpression("[1-9][0-9]*(:[1-9][0-9]*)?", ErrorMessage = "a numeric user and group other than 0, such as 10001:10001")]
    public string User { get; init; } = "10001:10001";

    [Description("Whether a person may open a shell in a task (ECS Exec).")]
    public bool Exec { get; init; }
}

/// <summary>Target tracking on CPU.</summary>
public sealed record AutoscalingConfig
{
    [Description("Fewest tasks.")]
    [Range(0, 1000)]
    public required int Min { get; init; }

    [Description("Most tasks.")]
    [Range(1, 1000)]
    public required int Max { get; init; }

    [Description("Average CPU in percent that is aimed at.")]
    [Range(10, 95)]
    public int CpuPercent { get; init; } = 60;
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

    [Description("Bedrock foundation models it may invoke, by id: anthropic.claude-3-haiku-20240307-v1:0.")]
    [RegularExpression("[a-z0-9-]+(\\.[a-z0-9-]+)+(:[0-9a-z]+)*", ErrorMessage = "a Bedrock model id such as anthropic.claude-3-haiku-20240307-v1:0")]
    public IReadOnlyList<string> Models { get; init; } = [];
}
