using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Somebody gets the alarms.</summary>
internal sealed class AlarmRecipients() : SettingsCheck("alarm-recipients", "Alarms are sent to an email address or a Slack channel")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        Recipients(config) is { Length: > 0 } recipients
            ? CheckResult.Met(string.Join(", ", recipients))
            : CheckResult.NotMet(
                "no observability.alertEmails, no observability.slack", "\"observability\": { \"alertEmails\": [ADDRESS] }");

    private static string[] Recipients(EnvironmentConfig config) =>
    [
        .. config.Observability.AlertEmails.Concat(config.Pipeline?.ApprovalEmails ?? []).Distinct(),
        .. config.Observability.Slack is null ? [] : new[] { "Slack" },
    ];
}
