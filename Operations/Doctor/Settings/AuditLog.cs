using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Actions in the account are recorded.</summary>
internal sealed class AuditLog() : SettingsCheck(
    "audit-log", "CloudTrail records management events, and Access Analyzer reports external access")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        CheckResult.None(
            new[]
            {
                config.Security.Account.CloudTrail ? null : "security.account.cloudTrail is false",
                config.Security.Account.AccessAnalyzer ? null : "security.account.accessAnalyzer is false",
            }.OfType<string>(),
            "on",
            "turn it on, unless the organization or another project of the account has it");
}
