using System.Globalization;

namespace Infra.Operations.Drills;

/// <summary>What one step of a failover drill did, and what users saw.</summary>
/// <param name="Name">Step.</param>
/// <param name="Stopped">Number of stopped tasks.</param>
/// <param name="Recovery">Time until all tasks ran again.</param>
/// <param name="Zones">Tasks after it, by zone: <c>us-west-2a 1, us-west-2b 1</c>.</param>
/// <param name="Requests">Requests during it; null if none were sent.</param>
internal sealed record FailoverResult(
    string Name, int Stopped, TimeSpan Recovery, string Zones, IReadOnlyList<ProbedRequest>? Requests)
{
    public int Failed => Requests?.Count(request => request.Failure is not null) ?? 0;

    /// <summary>Time between the first and the last failed request of the longest series without a success.</summary>
    public TimeSpan Outage
    {
        get
        {
            TimeSpan longest = TimeSpan.Zero;
            DateTime? since = null;
            foreach (ProbedRequest request in (Requests ?? []).OrderBy(request => request.At))
            {
                since = request.Failure is null ? null : since ?? request.At;
                if (since is { } begun && request.At + request.Took - begun is var lasted && lasted > longest)
                    longest = lasted;
            }

            return longest;
        }
    }

    /// <summary>Response time that 95 % of the requests do not exceed; zero without requests.</summary>
    public TimeSpan Slow
    {
        get
        {
            TimeSpan[] sorted = [.. (Requests ?? []).Select(request => request.Took).Order()];
            return sorted.Length == 0 ? TimeSpan.Zero : sorted[(int)Math.Ceiling(sorted.Length * 0.95) - 1];
        }
    }

    /// <summary>Header of the table.</summary>
    public const string Header =
        "| step | stopped tasks | until all tasks ran | tasks afterwards | requests | failed | longest outage | 95 % within |\n"
            + "|---|---|---|---|---|---|---|---|";

    public override string ToString() => Requests is null
        ? $"| {Name} | {Stopped} | {Seconds(Recovery)} | {Zones} | not measured | | | |"
        : $"| {Name} | {Stopped} | {Seconds(Recovery)} | {Zones} | {Requests.Count} | {Failed} | {Seconds(Outage)} | "
            + $"{Slow.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms |";

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s";
}
