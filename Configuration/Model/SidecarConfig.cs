using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A container beside a service's own, in the same task and so on the same localhost.</summary>
public sealed record SidecarConfig : IVariables
{
    [Description("Image with its digest, or with a tag: public.ecr.aws/aws-observability/aws-otel-collector@sha256:….")]
    [RegularExpression(
        "[a-z0-9]+([._:-][a-z0-9]+)*(/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}|(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?@sha256:[0-9a-f]{64})",
        ErrorMessage = "an image with a digest or a tag, such as public.ecr.aws/nginx/nginx:1.29")]
    public required string Image { get; init; }

    [Description("Command, program and arguments. Default: the image's own.")]
    [Repeats]
    public IReadOnlyList<string> Command { get; init; } = [];

    [Description("Whether the whole task ends when it ends.")]
    public bool Essential { get; init; } = true;

    [Description("CPU units of the task's that are kept for it; none lets all containers share.")]
    [Range(2, 16384)]
    public int? Cpu { get; init; }

    [Description("Memory in MiB of the task's, above which it is ended; none lets all containers share.")]
    [Range(6, 122880)]
    public int? MemoryMiB { get; init; }

    [Description("Port that it listens on, for the other containers of the task at localhost.")]
    [Range(1, 65535)]
    public int? Port { get; init; }

    [Description("User and group that it runs as: numbers other than 0; image leaves the user that the image was built with; root.")]
    [RegularExpression(ContainerUsers.Pattern, ErrorMessage = ContainerUsers.Noun)]
    public string User { get; init; } = ContainerUsers.Default;

    [Description("Whether the root file system is read-only, so that it writes to /tmp only. Turn it off for images of others that write elsewhere.")]
    public bool ReadOnlyRoot { get; init; } = true;

    [Description("Size of /tmp in MiB while readOnlyRoot is on. It lies in the task's memory and takes what is written there.")]
    [Range(1, 122880)]
    public int TmpMiB { get; init; } = ServiceConfig.DefaultTmpMiB;

    [Description("Command that ends with 0 while it is healthy, program and arguments.")]
    [Repeats]
    public IReadOnlyList<string> HealthCommand { get; init; } = [];

    [Description("Containers of the task that it waits for, and until when: start, healthy, complete (ended), success (ended with 0).")]
    [AllowedValues("start", "healthy", "complete", "success")]
    public IReadOnlyDictionary<string, string> DependsOn { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables with plain values.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Parameter Store at start, variable to name in parameters.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Secrets Manager at start, variable to name in secrets.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}
