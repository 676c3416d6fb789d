using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// Target tracking, and other limits at certain times. With several targets, the one that requires the most tasks decides.
/// </summary>
public sealed record AutoscalingConfig
{
    [Description("Minimum number of tasks.")]
    [Range(0, 1000)]
    public required int Min { get; init; }

    [Description("Maximum number of tasks.")]
    [Range(1, 1000)]
    public required int Max { get; init; }

    [Description("Target value for average CPU utilization, in percent.")]
    [Range(10, 95)]
    public int CpuPercent { get; init; } = 60;

    [Description("Target value for average memory utilization, in percent; none disables it.")]
    [Range(10, 95)]
    public int? MemoryPercent { get; init; }

    [Description("Target value for load balancer requests per minute and task; none disables it.")]
    [Range(1, 1000000)]
    public int? RequestsPerTask { get; init; }

    [Description(
        "Target values for messages per task, by queue: the backlog that one task works off in the time that a message may wait.")]
    [Range(1, 1000000)]
    public IReadOnlyDictionary<string, int> BacklogPerTask { get; init; } = new Dictionary<string, int>();

    [Description(
        "Scheduled limits by name, each valid from its time until the next one. If there are any, Terraform sets min and max only at "
            + "creation.")]
    [Keys(ServiceConfig.Name, ServiceConfig.NameNoun)]
    public IReadOnlyDictionary<string, ScheduledScalingConfig> Schedules { get; init; } = new Dictionary<string, ScheduledScalingConfig>();
}

/// <summary>Scheduled limits of autoscaling.</summary>
public sealed record ScheduledScalingConfig
{
    [Description("Time: `cron(0 8 ? * MON-FRI *)` or `at(2027-01-31T08:00:00)`, in the format of Application Auto Scaling.")]
    public required string Schedule { get; init; }

    [Description("IANA time zone of schedule, such as Europe/Berlin; adjusted for daylight saving time.")]
    public string? Timezone { get; init; }

    [Description("Minimum number of tasks from this time on. Default: autoscaling's min.")]
    [Range(0, 1000)]
    public int? Min { get; init; }

    [Description("Maximum number of tasks from this time on. Default: autoscaling's max.")]
    [Range(0, 1000)]
    public int? Max { get; init; }
}
