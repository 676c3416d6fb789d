namespace Infra.Contracts;

/// <summary>What the launcher reads of the schedule's build project in a synthesized base.</summary>
public static class ScheduleProject
{
    /// <summary>Id of the build project.</summary>
    public const string Id = "cycle";

    /// <summary>Variable with the name of the parameter that holds the <see cref="RuntimeOverride"/>.</summary>
    public const string Override = "OVERRIDE";

    /// <summary>Variable with the one-time schedule that runs when an override ends: parameters of the operation CreateSchedule.</summary>
    public const string OneTimeSchedule = "ONE_TIME_SCHEDULE";

    /// <summary>Name of that schedule.</summary>
    public const string OneTimeScheduleName = "override-end";

    /// <summary>Its expression, until the time is added between the parentheses.</summary>
    public const string OneTimeScheduleExpression = "at()";

    /// <summary>Variable with a line for each <see cref="ScaledService"/>.</summary>
    public const string Services = "SERVICES";
}
