using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Threats in the account are detected.</summary>
internal sealed class ThreatDetection() : SettingsCheck("threat-detection", "GuardDuty detects threats in the account")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.Security.Account.GuardDuty
            ? CheckResult.Met("on")
            : CheckResult.NotMet(
                "security.account.guardDuty is false", "turn it on, unless the organization or another project of the account has it");
}
