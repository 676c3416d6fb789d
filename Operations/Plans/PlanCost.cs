using System.Globalization;

namespace Infra.Operations.Plans;

/// <summary>
/// Estimated monthly cost of the planned stacks in US dollars, before the plan (from the state) and after it (from the planned values),
/// with the prices of <c>./infra cost</c>. What is charged by use is not included.
/// </summary>
internal sealed record PlanCost
{
    /// <summary>Before the plan, if runtime is always on.</summary>
    public required decimal Before { get; init; }

    /// <summary>After the plan, if runtime is always on.</summary>
    public required decimal After { get; init; }

    /// <summary>Before the plan, with the schedule that is deployed.</summary>
    public required decimal ScheduledBefore { get; init; }

    /// <summary>After the plan, with the planned schedule.</summary>
    public required decimal ScheduledAfter { get; init; }

    /// <summary>What it costs more, or less if negative.</summary>
    public decimal Difference => After - Before;

    /// <summary>Region of the prices.</summary>
    public required string PriceRegion { get; init; }

    /// <summary>Resources whose cost changes, the largest difference first.</summary>
    public IReadOnlyList<PlanCostLine> Lines { get; init; } = [];

    /// <summary>What is not in the numbers, in addition to what is charged by use.</summary>
    public IReadOnlyList<string> NotIncluded { get; init; } = [];

    /// <summary>One line of text: <c>412.30 -> 460.10 USD a month (+47.80), without what is charged by use</c>.</summary>
    public override string ToString()
    {
        bool scheduled = ScheduledBefore != Before || ScheduledAfter != After;
        string schedule = scheduled ? $" always on, {Change(ScheduledBefore, ScheduledAfter)} with the schedule" : "";
        return $"{Change(Before, After)}{schedule}, without what is charged by use"
            + string.Concat(NotIncluded.Select(what => $"; not included: {what}"));
    }

    /// <summary><c>+47.80</c>.</summary>
    public static string Signed(decimal usd) => usd.ToString("+0.00;-0.00;0.00", CultureInfo.InvariantCulture);

    /// <summary><c>47.80</c>.</summary>
    public static string Usd(decimal usd) => usd.ToString("0.00", CultureInfo.InvariantCulture);

    private static string Change(decimal before, decimal after) => before == after
        ? $"{Usd(after)} USD a month (unchanged)"
        : $"{Usd(before)} -> {Usd(after)} USD a month ({Signed(after - before)})";
}

/// <summary>A resource whose cost changes.</summary>
/// <param name="Stack">Its stack.</param>
/// <param name="Address">Address in Terraform.</param>
/// <param name="Was">What was charged; null if nothing was.</param>
/// <param name="Is">What will be charged; null if nothing will be.</param>
/// <param name="Before">US dollars a month before, if always on.</param>
/// <param name="After">US dollars a month after, if always on.</param>
internal sealed record PlanCostLine(string Stack, string Address, string? Was, string? Is, decimal Before, decimal After);
