using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>An image that a pipeline builds.</summary>
public sealed record PipelineImageConfig
{
    [Description("Build context: a folder of the repository.")]
    [RegularExpression("[A-Za-z0-9_][A-Za-z0-9._/-]*", ErrorMessage = "a path below the repository: letters, digits and ._/-")]
    public required string Context { get; init; }

    [Description("Dockerfile, relative to the build context.")]
    [RegularExpression("[A-Za-z0-9_][A-Za-z0-9._/-]*", ErrorMessage = "a path below the folder: letters, digits and ._/-")]
    public string Dockerfile { get; init; } = "Dockerfile";

    [Description("Processor architecture of the services that use it; AgentCore only supports arm64.")]
    public CpuArchitecture Architecture { get; init; } = CpuArchitecture.X64;
}
