namespace Infra.Contracts;

/// <summary>
/// The SSM parameter that overrides the schedule of runtime: base creates it, the launcher writes it, the schedule's build reads it.
/// </summary>
public static class ScheduleOverrideParameter
{
    /// <summary>Its value while no override is set.</summary>
    public const string None = "none";
}
