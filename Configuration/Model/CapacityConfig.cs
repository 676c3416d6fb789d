using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>How tasks are spread over Fargate and Fargate Spot, which costs up to 70 % less and is taken back at two minutes' notice.</summary>
public sealed record CapacityConfig
{
    [Description("Share of tasks on Fargate, against spot.")]
    [Range(0, 1000)]
    public int OnDemand { get; init; } = 1;

    [Description("Share of tasks on Fargate Spot, against onDemand.")]
    [Range(0, 1000)]
    public int Spot { get; init; }

    [Description("Tasks on Fargate before the shares count.")]
    [Range(0, 1000)]
    public int Base { get; init; }
}
