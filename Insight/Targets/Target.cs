namespace Infra.Insight.Targets;

/// <summary>What a deployment is compared with.</summary>
public static class Target
{
    /// <summary>Availability of requests to services, in percent.</summary>
    public const decimal Availability = 99.9m;

    /// <summary>Time of a deployment.</summary>
    public static TimeSpan Deployment { get; } = TimeSpan.FromMinutes(10);

    /// <summary>Time until runtime is up.</summary>
    public static TimeSpan Wake { get; } = TimeSpan.FromMinutes(5);

    /// <summary>Time to recover from any loss except that of a Region.</summary>
    public static TimeSpan Recovery { get; } = TimeSpan.FromMinutes(30);
}
