using System.Globalization;
using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Somebody is notified of unexpected cost.</summary>
internal sealed class Budget() : SettingsCheck("budget", "A monthly budget has a recipient")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.Budget is not { } budget
            ? CheckResult.NotMet("no section budget", "\"budget\": { \"monthlyUsd\": AMOUNT }")
            : budget.Emails.Count + config.Observability.AlertEmails.Count > 0 || config.Observability.Slack is not null
                ? CheckResult.Met(string.Create(CultureInfo.InvariantCulture, $"{budget.MonthlyUsd:0.##} USD"))
                : CheckResult.NotMet("the budget has no recipient", "\"budget\": { \"emails\": [ADDRESS] }");
}
