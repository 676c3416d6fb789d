using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Logs are there when an incident is investigated.</summary>
internal sealed class LogRetention() : SettingsCheck("log-retention", "Logs are retained for at least 90 days")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.Observability.LogRetentionDays >= Days
            ? CheckResult.Met($"{config.Observability.LogRetentionDays} days")
            : CheckResult.NotMet(
                $"observability.logRetentionDays is {config.Observability.LogRetentionDays}", $"\"logRetentionDays\": {Days}");

    // PCI DSS 4.0, 10.5.1: three months of audit logs are immediately available.
    private const int Days = 90;
}
