using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>Objects of a smoke test: what a command reads from one bucket and writes to another, such as a data pipeline.</summary>
public sealed record SmokeObjectsConfig
{
    [Description("Bucket to which the input is written.")]
    public required string From { get; init; }

    [Description("Content of the input, whose key is `{prefix}input.json`.")]
    [MinLength(1)]
    public required string Content { get; init; }

    [Description("Bucket in which the command writes its result below the prefix.")]
    public required string To { get; init; }

    [Description("Text that one of the results must contain.")]
    [MinLength(1)]
    public required string Contains { get; init; }
}
