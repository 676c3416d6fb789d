namespace Infra.Insight.Costs;

/// <summary>Monthly cost of one resource.</summary>
/// <param name="Stack">Its stack.</param>
/// <param name="Address">Terraform address.</param>
/// <param name="What">What is charged: <c>2 x 0.5 vCPU, 1 GiB, x86</c>.</param>
/// <param name="AlwaysUsd">US dollars if it exists all month.</param>
/// <param name="ScheduledUsd">US dollars with the environment's schedule.</param>
public sealed record CostLine(string Stack, string Address, string What, decimal AlwaysUsd, decimal ScheduledUsd)
{
    /// <summary>Whether the schedule makes it cheaper.</summary>
    public bool IsScheduled => ScheduledUsd < AlwaysUsd;
}

/// <summary>Resources that are not included in the estimate.</summary>
/// <param name="Type">Type of the resources.</param>
/// <param name="Count">Number of them.</param>
/// <param name="Why">What their price depends on.</param>
public sealed record Uncounted(string Type, int Count, string Why)
{
    /// <summary>Whether it would be counted if its price were in the file.</summary>
    public bool LacksPrice { get; init; }
}
