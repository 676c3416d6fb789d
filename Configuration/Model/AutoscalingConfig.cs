using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>Target tracking, and other limits at other times. With several targets, the one that wants most tasks decides.</summary>
public sealed record AutoscalingConfig
{
    [Description("Fewest tasks.")]
    [Range(0, 1000)]
    public required int Min { get; init; }

    [Description("Most tasks.")]
    [Range(1, 1000)]
    public required int Max { get; init; }

    [Description("Average CPU in percent that is aimed at.")]
    [Range(10, 95)]
    public int CpuPercent { get; init; } = 60;

    [Description("Average memory in percent that is aimed at; none leaves memory out.")]
    [Range(10, 95)]
    public int? MemoryPercent { get; init; }

    [Description("Requests a minute from the load balancer to each task that are aimed at; none leaves requests out.")]
    [Range(1, 1000000)]
    public int? RequestsPerTask { get; init; }

    [Description("Other limits from a time on, until the next of these times, by name. With any, Terraform sets min and max once and leaves them to these.")]
    [Keys(ServiceConfig.Name, ServiceConfig.NameNoun)]
    public IReadOnlyDictionary<string, ScheduledScalingConfig> Schedules { get; init; } = new Dictionary<string, ScheduledScalingConfig>();
}

/// <summary>Limits of autoscaling from a time on.</summary>
public sealed record ScheduledScalingConfig
{
    [Description("When: cron(0 8 ? * MON-FRI *) or at(2027-01-31T08:00:00), as Application Auto Scaling writes it.")]
    public required string Schedule { get; init; }

    [Description("IANA time zone of schedule, such as Europe/Berlin; daylight saving is followed.")]
    public string? Timezone { get; init; }

    [Description("Fewest tasks from then on. Default: autoscaling's min.")]
    [Range(0, 1000)]
    public int? Min { get; init; }

    [Description("Most tasks from then on. Default: autoscaling's max.")]
    [Range(0, 1000)]
    public int? Max { get; init; }
}
