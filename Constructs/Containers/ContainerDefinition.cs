using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Containers;

/// <summary>
/// A container definition of a task: read-only root file system with a writable /tmp in memory, non-root user, unprivileged, an init
/// process that forwards signals, secrets by reference.
/// </summary>
internal sealed record ContainerDefinition
{
    // The maximum that ECS accepts. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_HealthCheck.html
    private const int MostStartSeconds = 300;

    // Every user can write to a tmpfs, whatever the image has at that path; only root can write to a bind mount on Fargate, unless the
    // image declares the path as a VOLUME. exec, because runtimes unpack native libraries there and load them.
    // https://aws.amazon.com/about-aws/whats-new/2026/01/amazon-ecs-tmpfs-mounts-aws-fargate-managed-instances/
    // https://github.com/aws/containers-roadmap/issues/938
    private static readonly string[] TmpOptions = ["rw", "nosuid", "nodev", "exec"];

    // Paths that the agent of ECS Exec writes to, even if the root file system is read-only.
    // https://github.com/aws/containers-roadmap/issues/1359
    private static readonly (string Volume, string Path)[] ExecPaths =
    [
        ("exec-agents", "/managed-agents"), ("exec-state", "/var/lib/amazon/ssm"), ("exec-logs", "/var/log/amazon/ssm"),
    ];

    public required string Name { get; init; }

    /// <summary>Image with its digest or tag, or an expression that evaluates to it.</summary>
    public required JToken Image { get; init; }

    /// <summary>Command, or an expression that evaluates to it; none keeps the image's own command.</summary>
    public JToken? Command { get; init; }

    /// <summary>Entry point, or an expression that evaluates to it; none keeps the image's own.</summary>
    public JToken? EntryPoint { get; init; }

    /// <summary>Port that it listens on; none if it does not listen.</summary>
    public int? Port { get; init; }

    /// <summary>Whether the task stops when this container stops.</summary>
    public bool Essential { get; init; } = true;

    /// <summary>CPU units reserved for it; none means that all containers of the task share.</summary>
    public int? Cpu { get; init; }

    /// <summary>Hard memory limit in MiB; none means that all containers of the task share.</summary>
    public int? MemoryMiB { get; init; }

    /// <summary>User as <see cref="ContainerUser"/> returns it: user and group id, root, or the image's own.</summary>
    public required string User { get; init; }

    /// <summary>Whether the root file system is read-only, so that only /tmp is writable.</summary>
    public bool ReadOnlyRoot { get; init; } = true;

    /// <summary>Size of /tmp in MiB where the root file system is read-only; part of the task's memory.</summary>
    public int TmpMiB { get; init; } = ServiceConfig.DefaultTmpMiB;

    /// <summary>Whether ECS Exec may open a shell in it.</summary>
    public bool Exec { get; init; }

    /// <summary>Container health check by ECS, from <see cref="HealthCheck"/> or an expression of it; none without a check.</summary>
    public JToken? Health { get; init; }

    /// <summary>Containers of the task that it depends on, with the condition.</summary>
    public IReadOnlyDictionary<string, ContainerCondition> DependsOn { get; init; } = new Dictionary<string, ContainerCondition>();

    public required string LogGroup { get; init; }

    public required string Region { get; init; }

    public required ContainerVariables Variables { get; init; }

    /// <summary>Volumes of the task that it mounts; each is empty at start and used only by this container.</summary>
    public IEnumerable<string> Volumes => Mounts.Select(mount => mount.Volume);

    private IEnumerable<(string Volume, string Path)> Mounts =>
        (Exec && ReadOnlyRoot ? ExecPaths : []).Select(mount => (IsOwn ? mount.Volume : $"{mount.Volume}-{Name}", mount.Path));

    /// <summary>Whether it is the main container of the task; the volumes of other containers include the container's name.</summary>
    public bool IsOwn { get; init; } = true;

    /// <summary>JSON of a task's container definitions; Terraform evaluates the expressions in it.</summary>
    public static string ToJson(IEnumerable<ContainerDefinition> containers) =>
        new JArray(containers.Select(container => container.ToObject())).ToString(Formatting.None);

    /// <summary>A container health check that runs a command in the container.</summary>
    /// <param name="command">Program and arguments; exits with 0 while the container is healthy.</param>
    /// <param name="graceSeconds">Grace period after start in which failures do not count.</param>
    public static JObject? HealthCheck(IReadOnlyList<string> command, int graceSeconds) => command.Count == 0 ? null : new JObject
    {
        ["command"] = new JArray(command.Select(TerraformText.Literal).Prepend("CMD")),
        ["interval"] = 15,
        ["timeout"] = 5,
        ["retries"] = 3,
        ["startPeriod"] = Math.Min(graceSeconds, MostStartSeconds),
    };

    private JObject ToObject()
    {
        var container = new JObject
        {
            ["name"] = Name,
            ["image"] = Image,
            ["entryPoint"] = EntryPoint,
            ["command"] = Command,
            ["healthCheck"] = Health,
            ["essential"] = Essential,
            ["cpu"] = Cpu,
            ["memory"] = MemoryMiB,
            ["portMappings"] = Port is not { } port ? null : new JArray(new JObject
            {
                // Unique within the task, like container names.
                ["name"] = Name,
                ["containerPort"] = port,
                ["hostPort"] = port,
                ["protocol"] = "tcp",
                ["appProtocol"] = "http",
            }),
            ["user"] = ContainerUser.Of(User) is { } user ? (JToken)user : null,
            ["privileged"] = false,
            ["readonlyRootFilesystem"] = ReadOnlyRoot,
            ["linuxParameters"] = LinuxParameters(),
            ["mountPoints"] = new JArray(Mounts.Select(mount => new JObject
            {
                ["sourceVolume"] = mount.Volume,
                ["containerPath"] = mount.Path,
                ["readOnly"] = false,
            })),
            ["dependsOn"] = DependsOn.Count == 0
                ? null
                : new JArray(DependsOn.OrderBy(other => other.Key, StringComparer.Ordinal).Select(other => new JObject
                {
                    ["containerName"] = other.Key,
                    ["condition"] = other.Value.Text().ToUpperInvariant(),
                })),
            ["environment"] = Pairs(Variables.Plain.ToDictionary(v => v.Key, v => TerraformText.Literal(v.Value)), "value"),
            ["secrets"] = Pairs(Variables.References, "valueFrom"),
            ["logConfiguration"] = new JObject
            {
                ["logDriver"] = "awslogs",
                ["options"] = new JObject
                {
                    ["awslogs-group"] = LogGroup,
                    ["awslogs-region"] = Region,
                    ["awslogs-stream-prefix"] = Name,
                    // A container whose logs cannot be delivered keeps running; the buffered log lines are lost first.
                    ["mode"] = "non-blocking",
                    ["max-buffer-size"] = "25m",
                },
            },
        };
        // ECS omits null values when it returns the definition, so that they would show up as a difference.
        foreach (JProperty none in container.Properties().Where(property => property.Value.Type == JTokenType.Null).ToList())
            none.Remove();
        return container;
    }

    private JObject LinuxParameters()
    {
        var parameters = new JObject { ["initProcessEnabled"] = true };
        if (ReadOnlyRoot)
            parameters["tmpfs"] =
                new JArray(new JObject { ["containerPath"] = "/tmp", ["size"] = TmpMiB, ["mountOptions"] = new JArray(TmpOptions) });
        return parameters;
    }

    // Sorted by name, so that a different order never causes a new deployment.
    private static JArray Pairs(IReadOnlyDictionary<string, string> variables, string valueName) =>
        new(variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => new JObject
        {
            ["name"] = v.Key,
            [valueName] = v.Value,
        }));
}
