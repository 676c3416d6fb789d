using Infra.Operations.Drills;
using NUnit.Framework;

namespace Infra.Tests.Operations.Drills;

/// <summary>What is computed from the requests of a drill.</summary>
[Property("Row", "D-L4")]
internal sealed class FailoverResultTests
{
    private static readonly DateTime s_start = new(2026, 11, 22, 12, 0, 0, DateTimeKind.Utc);

    [Test]
    public void Outage_IsTheLongestSeriesOfFailures() => Assert.That(
        Result(null, "status 503", null, "status 503", "status 503", null).Outage, Is.EqualTo(TimeSpan.FromMilliseconds(1100)));

    [Test]
    public void WithoutFailures_ThereIsNoOutage()
    {
        FailoverResult result = Result(null, null);
        Assert.That((result.Failed, result.Outage), Is.EqualTo((0, TimeSpan.Zero)));
    }

    [Test]
    public void Slow_IsThe95thPercentile()
    {
        ProbedRequest[] requests =
            [.. Enumerable.Range(1, 100).Select(n => new ProbedRequest(s_start, TimeSpan.FromMilliseconds(n), null))];
        Assert.That(new FailoverResult("one task", 1, TimeSpan.Zero, "a 1", requests).Slow, Is.EqualTo(TimeSpan.FromMilliseconds(95)));
    }

    [Test]
    public void Row_SaysWhetherRequestsWereMeasured()
    {
        Assert.That(
            Result(null, "status 503").ToString(), Is.EqualTo("| one task | 1 | 42.5 s | a 1, b 1 | 2 | 1 | 0.1 s | 100 ms |"));
        Assert.That(
            new FailoverResult("one task", 1, TimeSpan.Zero, "a 1", null).ToString(),
            Is.EqualTo("| one task | 1 | 0.0 s | a 1 | not measured | | | |"));
    }

    /// <summary>Requests, one a second, each of which takes 100 ms.</summary>
    private static FailoverResult Result(params string?[] failures) => new(
        "one task", 1, TimeSpan.FromSeconds(42.5), "a 1, b 1",
        [.. failures.Select((failure, i) => new ProbedRequest(s_start.AddSeconds(i), TimeSpan.FromMilliseconds(100), failure))]);
}
