using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>How a deployment replaces the previous version of a service.</summary>
public sealed record RolloutConfig
{
    [Description(
        "Minimum healthy percent: tasks that keep running during a deployment, in percent of the desired number; 0 stops the old "
            + "version before the new one starts.")]
    [Range(0, 100)]
    public int MinimumHealthyPercent { get; init; } = 100;

    [Description("Maximum percent: tasks of both versions during a deployment, in percent of the desired number.")]
    [Range(100, 200)]
    public int MaximumPercent { get; init; } = 200;

    [Description("Whether ECS rolls back a deployment when the service returns errors or becomes slow (its alarms 5xx and response-time).")]
    public bool RollbackOnAlarm { get; init; } = true;
}
