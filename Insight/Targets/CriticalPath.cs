namespace Infra.Insight.Targets;

/// <summary>
/// The longest chain of dependencies of a stack, when Terraform creates all of it. Terraform walks the graph with ten operations at a
/// time, so a stack takes at least a tenth of the sum of all durations.
/// </summary>
/// <param name="Steps">Resources of the chain with their durations, in order.</param>
/// <param name="Total">Expected time.</param>
public sealed record CriticalPath(IReadOnlyList<CriticalStep> Steps, TimeSpan Total)
{
    /// <summary>Terraform's default: https://developer.hashicorp.com/terraform/cli/commands/apply#parallelism-n</summary>
    private const int Parallelism = 10;

    /// <param name="stack">Stack.</param>
    /// <param name="slow">Whether every step takes as long as in a slow case.</param>
    public static CriticalPath Of(StackJson stack, bool slow)
    {
        var finished = new Dictionary<string, (TimeSpan End, string? After)>(StringComparer.Ordinal);
        foreach (StackElement element in stack.Elements)
            Finish(stack, element, slow, finished);
        if (finished.Count == 0)
            return new CriticalPath([], TimeSpan.Zero);
        var steps = new List<CriticalStep>();
        string? at = finished.OrderByDescending(each => each.Value.End).ThenBy(each => each.Key, StringComparer.Ordinal).First().Key;
        TimeSpan longest = finished[at].End;
        for (; at is not null; at = finished[at].After)
            steps.Insert(0, new CriticalStep(at, TimeOf(stack, stack.Find(at)!, slow)));
        TimeSpan work = TimeSpan.FromTicks(stack.Elements.Sum(element => TimeOf(stack, element, slow).Ticks) / Parallelism);
        return new CriticalPath(steps, longest > work ? longest : work);
    }

    /// <summary>Time to create one element.</summary>
    internal static TimeSpan TimeOf(StackJson stack, StackElement element, bool slow)
    {
        if (element.IsData)
            return TimeSpan.FromSeconds(1);
        if (element.Type == "aws_ecs_service")
            return ServiceStart.Create(stack, element, slow);
        // A gateway endpoint is a route, not a network interface.
        if (element.Type == "aws_vpc_endpoint" && element.Text("vpc_endpoint_type") is null or "Gateway")
            return Duration.Other.Of(slow);
        string key = element.Type == "aws_db_instance" && (bool?)element.Arguments["multi_az"] == true
            ? "aws_db_instance.multi_az"
            : element.Type;
        return Duration.Types.GetValueOrDefault(key, Duration.Other).Of(slow);
    }

    // Terraform rejects cycles, so the recursion ends.
    private static TimeSpan Finish(
        StackJson stack, StackElement element, bool slow, Dictionary<string, (TimeSpan End, string? After)> finished)
    {
        if (finished.TryGetValue(element.Address, out (TimeSpan End, string? After) known))
            return known.End;
        TimeSpan start = TimeSpan.Zero;
        string? after = null;
        foreach (string address in stack.ReferencesOf(element.Arguments).Select(reference => reference.Address).Distinct())
        {
            if (address != element.Address && Finish(stack, stack.Find(address)!, slow, finished) is var end && end > start)
                (start, after) = (end, address);
        }

        finished[element.Address] = (start + TimeOf(stack, element, slow), after);
        return finished[element.Address].End;
    }
}

/// <summary>One resource of the chain.</summary>
public sealed record CriticalStep(string Address, TimeSpan Time);
