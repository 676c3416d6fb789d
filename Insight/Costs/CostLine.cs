namespace Infra.Insight.Costs;

/// <summary>What one resource costs in a month.</summary>
/// <param name="Stack">Stack of it.</param>
/// <param name="Address">Terraform address.</param>
/// <param name="What">What is paid for: <c>2 x 0.5 vCPU, 1 GiB, x86</c>.</param>
/// <param name="AlwaysUsd">US dollars where it is there all month.</param>
/// <param name="ScheduledUsd">US dollars with the environment's schedule.</param>
public sealed record CostLine(string Stack, string Address, string What, decimal AlwaysUsd, decimal ScheduledUsd)
{
    /// <summary>Whether the schedule makes it cheaper.</summary>
    public bool IsScheduled => ScheduledUsd < AlwaysUsd;
}

/// <summary>What is there and not counted.</summary>
/// <param name="Type">Type of the resources.</param>
/// <param name="Count">Number of them.</param>
/// <param name="Why">What their price depends on.</param>
public sealed record Uncounted(string Type, int Count, string Why);
