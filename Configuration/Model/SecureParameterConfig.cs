using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>A SecureString in Parameter Store: free of charge, and without the rotation and the versions in use that a secret has.</summary>
public sealed record SecureParameterConfig
{
    [Description("What it is for.")]
    [StringLength(1024)]
    public string Description { get; init; } = "";

    [Description("Whether AWS makes a random value at first; otherwise it says unset until a person gives one (./infra secrets set).")]
    public bool Generate { get; init; }

    [Description("Characters of a generated value.")]
    [Range(16, 4096)]
    public int Length { get; init; } = 64;
}
