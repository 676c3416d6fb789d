using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A sidecar container in the service's task, which shares the task's localhost.</summary>
public sealed record SidecarConfig : IVariables
{
    [Description("Image with its digest, or with a tag: public.ecr.aws/aws-observability/aws-otel-collector@sha256:….")]
    [RegularExpression(ImageReference.Pattern, ErrorMessage = ImageReference.Noun)]
    public required string Image { get; init; }

    [Description("Command: program and arguments. Default: the image's own.")]
    [Repeats]
    public IReadOnlyList<string> Command { get; init; } = [];

    [Description("Whether the whole task stops when it stops.")]
    public bool Essential { get; init; } = true;

    [Description("CPU units of the task that are reserved for it; none lets all containers share.")]
    [Range(2, 16384)]
    public int? Cpu { get; init; }

    [Description("Hard memory limit in MiB, of the task's memory; none lets all containers share.")]
    [Range(6, 122880)]
    public int? MemoryMiB { get; init; }

    [Description("Port that it listens on, for the other containers of the task at localhost.")]
    [Range(1, 65535)]
    public int? Port { get; init; }

    [Description("User and group id of the container, other than 0; image keeps the image's user; root.")]
    [RegularExpression(ContainerUsers.Pattern, ErrorMessage = ContainerUsers.Noun)]
    public string User { get; init; } = ContainerUsers.Default;

    [Description(
        "Whether the root file system is read-only, so that it can write only to /tmp. Turn it off for third-party images that write "
            + "elsewhere.")]
    public bool ReadOnlyRoot { get; init; } = true;

    [Description("Size of /tmp in MiB while readOnlyRoot is on. It uses the task's memory.")]
    [Range(1, 122880)]
    public int TmpMiB { get; init; } = ServiceConfig.DefaultTmpMiB;

    [Description("Container health check: program and arguments; exits with 0 while it is healthy.")]
    [Repeats]
    public IReadOnlyList<string> HealthCommand { get; init; } = [];

    [Description(
        "Containers of the task that it depends on, with the condition: start, healthy, complete (exited), success (exited with 0).")]
    public IReadOnlyDictionary<string, ContainerCondition> DependsOn { get; init; } = new Dictionary<string, ContainerCondition>();

    [Description("Environment variables with plain-text values.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Parameter Store at start: variable to name in parameters.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Secrets Manager at start: variable to name in secrets.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}
