using System.Diagnostics;
using System.Globalization;
using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Scheduling;
using Infra.Operations.Workspace;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Schedules;

/// <summary>The rules that cycle.sh and the launcher both have to apply have the same result in both.</summary>
[TestFixture]
internal sealed class ScheduleRulesTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2026-11-20T14:00Z", CultureInfo.InvariantCulture);

    private static string Script => Path.Combine(Checkout.Find().Root, "Constructs", "Schedules", "cycle.sh");

    // Clocks change in both zones with daylight saving time in the days of the second argument; wake is when they change.
    [TestCase("America/New_York", "2026-03-06", "08:00", "20:00", "mon tue wed thu fri")]
    [TestCase("America/New_York", "2026-10-30", "01:30", "02:30", "sat sun mon")]
    [TestCase("Europe/Berlin", "2026-03-27", "02:30", "23:59", "sun wed")]
    [TestCase("Europe/Berlin", "2026-10-23", "02:30", "22:15", "fri sat sun")]
    [TestCase("Asia/Kolkata", "2026-12-30", "00:00", "12:00", "thu fri")]
    [Property("Row", "D10")]
    public void Timetable_IsTheSame(string zone, string from, string wake, string sleep, string days)
    {
        Weekday[] weekdays = [.. days.Split(' ').Select(day => Enum.Parse<Weekday>(day, ignoreCase: true))];
        var schedule = new ScheduleConfig { Timezone = zone, Wake = wake, Sleep = sleep, Days = weekdays };
        DateTimeOffset start = DateTimeOffset.Parse(from + "T00:00Z", CultureInfo.InvariantCulture);
        DateTimeOffset[] times = [.. Enumerable.Range(0, 200).Select(i => start.AddMinutes(37 * i))];

        string[] decided = Function(
            "by_timetable",
            "while read -r now; do by_timetable; done",
            times.Select(time => time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
            ("TIMEZONE", zone), ("WAKE", wake), ("SLEEP", sleep), ("DAYS", string.Join(' ', weekdays.Select(day => (int)day + 1))));

        Timetable timetable = Timetable.Of(schedule);
        Assert.That(decided, Is.EqualTo(times.Select(time => timetable.IsAwake(time) ? "awake" : "asleep")));
        Assert.That(decided, Has.Some.EqualTo("awake").And.Some.EqualTo("asleep"));
    }

    [Test, Property("Row", "D10")]
    public void Override_IsTheSame()
    {
        string[] texts =
        [
            "none", "awake until 2026-12-01T22:00Z", "asleep until 2026-12-01T22:00Z", "asleep until 2026-12-01T22:00:30Z",
            "awake until 2026-11-20T14:00Z", "awake until 2026-11-20T14:00:01Z", "asleep until 2020-01-01T00:00Z", "", "awake",
            "awake until tomorrow", "awake until 2026-12-01T22:00", "awake until 2026-12-01 22:00Z", "awake until 2026-12-01T22:00+01:00",
            "awake until 2026-13-01T22:00Z", "awake until 2026-02-30T22:00Z", "awake until 2026-12-01T25:00Z", "up until 2026-12-01T22:00Z",
            "Awake until 2026-12-01T22:00Z", " awake until 2026-12-01T22:00Z", "awake until 2026-12-01T22:00Z please", "None",
        ];

        string[] decided = Function(
            "read_override",
            "while IFS= read -r OVERRIDE; do read_override; echo \"$override_word $override_end\"; done",
            texts,
            ("now", Now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)));

        Assert.That(decided, Is.EqualTo(texts.Select(text =>
            RuntimeOverride.TryParse(text, out RuntimeOverride? found) && found?.IsInForce(Now) == true
                ? $"{found.Word} {found.Until.ToUnixTimeSeconds()}"
                : " ")));
    }

    /// <summary>Runs a loop with a function of the script, without the script's own messages.</summary>
    private static string[] Function(
        string name, string loop, IEnumerable<string> lines, params IReadOnlyList<(string Name, string Value)> variables)
    {
        string source = $"set -euo pipefail; say() {{ :; }}; fail() {{ echo \"$*\" >&2; exit 1; }}; "
            + $"eval \"$(sed -n '/^{name}() {{$/,/^}}$/p' \"$0\")\"; {loop}";
        var start = new ProcessStartInfo("bash", ["-c", source, Script]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach ((string variable, string value) in variables)
            start.Environment[variable] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(string.Concat(lines.Select(line => $"{line}\n")));
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero);
        return output.Split('\n')[..^1];
    }
}
