using Infra.Constructs.Foundation;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Containers;

/// <summary>
/// The container of a task, as ECS wants it: read-only root file system with a /tmp of its own, not root, nothing privileged,
/// an init process that passes signals on, secrets by reference.
/// </summary>
internal sealed record ContainerDefinition
{
    /// <summary>Volume that is mounted at /tmp, the one place that the container may write to.</summary>
    public const string ScratchVolume = "tmp";

    public required string Name { get; init; }

    /// <summary>Terraform expression, without <c>${}</c>, of the image with its digest.</summary>
    public required string ImageExpression { get; init; }

    /// <summary>Terraform expression, without <c>${}</c>, of the command or null to leave the image its own.</summary>
    public required string CommandExpression { get; init; }

    public required int Port { get; init; }

    /// <summary>Numeric user, optionally with a group: <c>10001:10001</c>.</summary>
    public required string User { get; init; }

    public required string LogGroup { get; init; }

    public required string Region { get; init; }

    /// <summary>Plain environment variables.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Environment variables by ARN of a secret or a parameter.</summary>
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();

    /// <summary>JSON of the list with this one container; Terraform fills the expressions in.</summary>
    public string ToJson() => new JArray(new JObject
    {
        ["name"] = Name,
        ["image"] = Expression(ImageExpression),
        ["command"] = Expression(CommandExpression),
        ["essential"] = true,
        ["portMappings"] = new JArray(new JObject
        {
            ["name"] = "http",
            ["containerPort"] = Port,
            ["hostPort"] = Port,
            ["protocol"] = "tcp",
            ["appProtocol"] = "http",
        }),
        ["user"] = User,
        ["privileged"] = false,
        ["readonlyRootFilesystem"] = true,
        ["linuxParameters"] = new JObject { ["initProcessEnabled"] = true },
        ["mountPoints"] = new JArray(new JObject
        {
            ["sourceVolume"] = ScratchVolume,
            ["containerPath"] = "/tmp",
            ["readOnly"] = false,
        }),
        ["environment"] = Pairs(Environment.ToDictionary(v => v.Key, v => TerraformText.Literal(v.Value)), "value"),
        ["secrets"] = Pairs(Secrets, "valueFrom"),
        ["logConfiguration"] = new JObject
        {
            ["logDriver"] = "awslogs",
            ["options"] = new JObject
            {
                ["awslogs-group"] = LogGroup,
                ["awslogs-region"] = Region,
                ["awslogs-stream-prefix"] = Name,
                // A container that cannot write its logs keeps serving; the buffer is lost first.
                ["mode"] = "non-blocking",
                ["max-buffer-size"] = "25m",
            },
        },
    }).ToString(Formatting.None);

    // Not in quotes: Terraform puts the JSON of whatever comes out here, be it a text, a list or null.
    private static JRaw Expression(string expression) => new($"${{jsonencode({expression})}}");

    // Sorted by name, so that order never causes a new deployment.
    private static JArray Pairs(IReadOnlyDictionary<string, string> variables, string valueName) =>
        new(variables.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => new JObject
        {
            ["name"] = v.Key,
            [valueName] = v.Value,
        }));
}
