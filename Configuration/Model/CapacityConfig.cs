using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// How tasks are distributed across Fargate and Fargate Spot, which costs up to 70 % less and is interrupted with two minutes' notice.
/// </summary>
public sealed record CapacityConfig
{
    [Description("Weight of Fargate, relative to spot.")]
    [Range(0, 1000)]
    public int OnDemand { get; init; } = 1;

    [Description("Weight of Fargate Spot, relative to onDemand.")]
    [Range(0, 1000)]
    public int Spot { get; init; }

    [Description("Number of tasks on Fargate before the weights apply.")]
    [Range(0, 1000)]
    public int Base { get; init; }
}
