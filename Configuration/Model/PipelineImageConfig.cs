using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>An image that a pipeline builds from its source.</summary>
public sealed record PipelineImageConfig
{
    [Description("Folder of the repository that the build sees.")]
    [RegularExpression("[A-Za-z0-9_][A-Za-z0-9._/-]*", ErrorMessage = "a path below the repository: letters, digits and ._/-")]
    public required string Context { get; init; }

    [Description("Dockerfile, relative to the folder.")]
    [RegularExpression("[A-Za-z0-9_][A-Za-z0-9._/-]*", ErrorMessage = "a path below the folder: letters, digits and ._/-")]
    public string Dockerfile { get; init; } = "Dockerfile";

    [Description("Processor architecture, that of the services that take it; AgentCore takes arm64 alone.")]
    [AllowedValues("x86_64", "arm64")]
    public string Architecture { get; init; } = "x86_64";
}
