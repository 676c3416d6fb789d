using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>
/// A scheduled command that runs in a service's released image, with the service's variables and permissions. Jobs do not run while runtime
/// is asleep.
/// </summary>
public sealed record JobConfig : IVariables
{
    [Description(
        "Schedule: `cron(0 2 * * ? *)`, `rate(6 hours)` or `at(2027-01-31T02:00:00)`, in the format of EventBridge Scheduler.")]
    public required string Schedule { get; init; }

    [Description("IANA time zone of schedule, such as Europe/Berlin; adjusted for daylight saving time. Not needed for rate(…).")]
    public string? Timezone { get; init; }

    [Description("Command: program and arguments.")]
    [MinLength(1), Repeats]
    public required IReadOnlyList<string> Command { get; init; }

    [Description("Whether the schedule is enabled.")]
    public bool Enabled { get; init; } = true;

    [Description("CPU units. Default: the service's.")]
    [AllowedValues(256, 512, 1024, 2048, 4096, 8192, 16384, ErrorMessage = "a Fargate CPU size")]
    public int? Cpu { get; init; }

    [Description("Memory in MiB. Default: the service's.")]
    public int? MemoryMiB { get; init; }

    [Description("Environment variables with plain-text values, in addition to the service's or instead of them.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Parameter Store at start, in addition to the service's or instead of them.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    [Description("Environment variables read from Secrets Manager at start, in addition to the service's or instead of them.")]
    [Keys(VariableNames.Pattern, VariableNames.Noun)]
    public IReadOnlyDictionary<string, string> Secrets { get; init; } = new Dictionary<string, string>();
}
