using System.Globalization;
using System.Text;
using Infra.Insight;
using Infra.Insight.Targets;

namespace Infra.Operations.Targets;

/// <summary>Availability and times as Markdown.</summary>
internal static class TargetsPage
{
    /// <summary>The section of one environment.</summary>
    public static string Environment(string name, IReadOnlyList<StackJson> stacks)
    {
        var page = new StringBuilder($"## {name}\n\n");
        IReadOnlyList<AvailabilityPath> paths = Availability.Of(stacks);
        if (paths.Count > 0)
            page.Append("| availability | parts | computed | minutes a month | target |\n|---|---|---|---|---|\n");
        foreach (AvailabilityPath path in paths)
        {
            string parts = string.Join(" × ", path.Parts.Select(part => Invariant($"{part.Part} {part.Percent:0.##} %")));
            page.Append(Invariant($"| {path.Name} | {parts} | {path.Percent:0.000} % | {path.MinutesDown:0.0} "))
                .Append(Invariant($"| {Met(path.Percent >= Target.Availability)} |\n"));
        }

        DeploymentTimes typical = DeploymentTimes.Of(stacks, slow: false);
        DeploymentTimes slow = DeploymentTimes.Of(stacks, slow: true);
        page.Append(paths.Count > 0 ? "\n" : "").Append("| time | typical | slow | target (typical) |\n|---|---|---|---|\n");
        Row(page, "deployment of a change of every service", typical.Deployment, slow.Deployment, Target.Deployment);
        Row(page, "wake: runtime from nothing", typical.Wake, slow.Wake, Target.Wake);
        Row(page, "first deployment: base, then runtime", typical.Base + typical.Wake, slow.Base + slow.Wake, null);
        foreach ((Recovery recovery, Recovery slowRecovery) in Recovery.Of(stacks, slow: false).Zip(Recovery.Of(stacks, slow: true)))
            Row(page, $"recovery: {recovery.Lost}", recovery.Total, slowRecovery.Total, Target.Recovery);
        foreach (StackJson stack in stacks.Where(stack => stack.Name is "base" or "runtime"))
        {
            IEnumerable<string> steps = CriticalPath.Of(stack, slow: false).Steps.Where(step => step.Time > TimeSpan.FromSeconds(1))
                .Select(step => $"`{step.Address}` {Text(step.Time)}");
            page.Append($"\nCritical path of {stack.Name}: {(steps.Any() ? string.Join(" → ", steps) : "no resources")}.\n");
        }

        return page.ToString();
    }

    /// <summary>Sources of all numbers.</summary>
    public static string Sources()
    {
        var page = new StringBuilder("## Sources\n\n");
        page.Append($"Service level agreements, {ServiceLevel.Seen}:\n\n| part | monthly uptime | read | source |\n|---|---|---|---|\n");
        foreach (ServiceLevel level in ServiceLevel.All.Values)
            page.Append(Invariant($"| {level.Part} | {level.Percent:0.##} % | {level.Read} | {level.Source} |\n"));
        page.Append($"\nDurations, read in {Duration.Seen}:\n\n| resource or step | typical | slow | kind | source |\n")
            .Append("|---|---|---|---|---|\n");
        foreach ((string type, Duration duration) in
            Duration.Types.Append(new("all other resources", Duration.Other)).Concat(Duration.Steps))
            page.Append($"| {type} | {Text(duration.Typical)} | {Text(duration.Slow)} | {duration.Kind} | {duration.Source} |\n");
        page.Append('\n').AppendJoin('\n', Duration.Kinds.Select(kind => $"- {kind.Key}: {kind.Value}.")).Append('\n');
        page.Append($"\nDrills on the local AWS, measured {Recovery.Measured}; AWS's own time is added from the table above:\n\n")
            .Append("| lost | drill | commands |\n|---|---|---|\n");
        foreach (Recovery drill in Recovery.Drills)
            page.Append($"| {drill.Lost} | `{drill.Test}` | {Text(drill.Commands)} |\n");
        return page.ToString();
    }

    private static void Row(StringBuilder page, string what, TimeSpan typical, TimeSpan slow, TimeSpan? target) => page.Append(
        $"| {what} | {Text(typical)} | {Text(slow)} | {(target is { } limit ? $"{Text(limit)}: {Met(typical <= limit)}" : "none")} |\n");

    private static string Met(bool met) => met ? "met" : "**not met**";

    private static string Text(TimeSpan time) => time.TotalMinutes >= 1
        ? Invariant($"{(int)time.TotalMinutes} min{(time.Seconds > 0 ? $" {time.Seconds} s" : "")}")
        : Invariant($"{time.Seconds} s");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
