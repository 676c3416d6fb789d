namespace Infra.Insight.Targets;

/// <summary>Parts that all must work for one kind of request.</summary>
/// <param name="Name">The kind of request: <c>requests to backend</c>.</param>
/// <param name="Parts">Its parts.</param>
public sealed record AvailabilityPath(string Name, IReadOnlyList<ServiceLevel> Parts)
{
    private const int MinutesPerMonth = 30 * 24 * 60;

    /// <summary>Product of the parts' levels, in percent.</summary>
    public decimal Percent => Parts.Aggregate(100m, (product, part) => product * part.Percent / 100m);

    /// <summary>Minutes in 30 days that are not covered.</summary>
    public decimal MinutesDown => MinutesPerMonth * (100m - Percent) / 100m;
}
