using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>How a new version takes the place of the one before.</summary>
public sealed record RolloutConfig
{
    [Description("Healthy tasks in percent of the desired number that stay meanwhile; 0 ends the old version before the new one starts.")]
    [Range(0, 100)]
    public int MinimumHealthyPercent { get; init; } = 100;

    [Description("Tasks in percent of the desired number that there are at most meanwhile, of both versions.")]
    [Range(100, 200)]
    public int MaximumPercent { get; init; } = 200;

    [Description("Whether ECS goes back to the version before when the service answers with errors or slowly (its alarms 5xx and response-time).")]
    public bool RollbackOnAlarm { get; init; } = true;
}
