using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A secret; its value is generated in AWS or put there by a person, and is never in a file or in Terraform's state.</summary>
public sealed record SecretConfig
{
    [Description("What it is for.")]
    public string Description { get; init; } = "";

    [Description("Whether AWS makes a random value at first; otherwise a person puts it there before the first deployment of runtime.")]
    public bool Generate { get; init; }

    [Description("Characters of a generated value.")]
    [Range(16, 4096)]
    public int Length { get; init; } = 64;
}
