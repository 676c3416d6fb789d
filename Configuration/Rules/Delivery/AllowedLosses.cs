using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Delivery;

internal static class AllowedLosses
{
    [Rule("delivery/data-loss-date", "An entry of allowDataLoss ends on a date.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config) =>
        from entry in Entries(config)
        where entry.Loss.LastDay is null
        select new RuleViolation(entry.Path, $"{entry.Loss.Until} is not a date; a date such as 2026-12-31");

    // A warning: a day that passes must not stop releases and the schedule.
    [Rule("delivery/data-loss-expired", "An entry of allowDataLoss is removed after it was used: an expired one has no effect.",
        Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config) =>
        from entry in Entries(config)
        where entry.Loss.LastDay < DateOnly.FromDateTime(DateTime.UtcNow)
        select new RuleViolation(
            entry.Path, $"has passed, and the entry of {entry.Loss.Address} has no effect; remove it, or set a later date");

    private static IEnumerable<(string Path, AllowedLossConfig Loss)> Entries(EnvironmentConfig config) =>
        config.AllowDataLoss.Select((loss, at) => ($"{ConfigPath.Item("allowDataLoss", at)}.until", loss));
}
