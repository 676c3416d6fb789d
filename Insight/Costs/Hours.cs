using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Infra.Insight.Costs;

/// <summary>Hours per week in which runtime, or its tasks, are up; read from the schedule's build project.</summary>
/// <param name="PerWeek">Hours, 168 without a schedule.</param>
/// <param name="Mode">destroy or scale; null without a schedule.</param>
public sealed record Hours(decimal PerWeek, string? Mode)
{
    private const decimal Week = 168;

    public static readonly Hours Always = new(Week, null);

    /// <summary>Days and times of the schedule; null without a schedule, or if an earlier version of it has no time zone.</summary>
    public WeeklyTimes? Times { get; init; }

    /// <summary>Fraction of the time: 0.357 for 60 hours.</summary>
    public decimal Share => PerWeek / Week;

    /// <summary>The schedule of an environment's stacks.</summary>
    public static Hours Of(IEnumerable<StackJson> stacks)
    {
        if (stacks.SelectMany(stack => stack.Resources)
            .FirstOrDefault(resource => resource is { Type: "aws_codebuild_project", Name: "cycle" }) is not { } project)
            return Always;
        // A block is an object in the synthesized JSON, and a list with one object in the state.
        JToken? block = project.Arguments["environment"] is JArray list ? list.FirstOrDefault() : project.Arguments["environment"];
        Dictionary<string, string?> variables = (block?["environment_variable"] ?? new JArray())
            .ToDictionary(variable => (string)variable["name"]!, variable => (string?)variable["value"], StringComparer.Ordinal);
        // A state can be of an earlier version of the schedule.
        if (variables.GetValueOrDefault("SLEEP") is not { } sleep || variables.GetValueOrDefault("WAKE") is not { } wake
            || variables.GetValueOrDefault("DAYS") is not { } days || variables.GetValueOrDefault("MODE") is not { } mode)
            return Always;
        int[] numbers = [.. days.Split(' ').Select(day => int.Parse(day, CultureInfo.InvariantCulture))];
        return new Hours((decimal)(Time(sleep) - Time(wake)).TotalHours * numbers.Length, mode)
        {
            Times = variables.GetValueOrDefault("TIMEZONE") is { } timezone
                ? new WeeklyTimes(timezone, Time(wake), Time(sleep), numbers)
                : null,
        };
    }

    private static TimeSpan Time(string text) => TimeSpan.ParseExact(text, @"hh\:mm", CultureInfo.InvariantCulture);

    /// <summary>Whether the schedule removes a resource while asleep.</summary>
    public bool TakesAway(string stack, StackElement resource) => Mode switch
    {
        "destroy" => stack == "runtime",
        "scale" => stack == "runtime" && resource.Type == "aws_ecs_service",
        _ => false,
    };
}
