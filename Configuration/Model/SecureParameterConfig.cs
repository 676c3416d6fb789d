using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A SecureString in Parameter Store: free of charge, but without the rotation and version stages of a secret.</summary>
public sealed record SecureParameterConfig
{
    [Description("Description of the parameter.")]
    [StringLength(1024)]
    public string Description { get; init; } = "";

    [Description(
        "Whether AWS generates a random initial value; otherwise its value is the text unset until you set one (./infra secrets set).")]
    public bool Generate { get; init; }

    [Description("Number of characters of a generated value.")]
    [Range(16, 4096)]
    public int Length { get; init; } = 64;

    [Description(
        "Days after which ./infra secrets check reports the value as due for rotation (./infra secrets rotate); none for no such check.")]
    [Range(1, 1000)]
    public int? RotationDays { get; init; }
}
