using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A secret; its value is generated in AWS or set by the operator, and is never in a file or in Terraform's state.</summary>
public sealed record SecretConfig
{
    [Description("Description of the secret.")]
    public string Description { get; init; } = "";

    [Description("Whether AWS generates a random initial value; otherwise you set the value before the first deployment of runtime.")]
    public bool Generate { get; init; }

    [Description("Number of characters of a generated value.")]
    [Range(16, 4096)]
    public int Length { get; init; } = 64;

    [Description(
        "Days after which ./infra secrets check reports the value as due for rotation (./infra secrets rotate); none for no such check.")]
    [Range(1, 1000)]
    public int? RotationDays { get; init; }
}
