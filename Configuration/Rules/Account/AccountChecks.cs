using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Account;

internal static class AccountChecks
{
    [Rule("account/runtime-monitoring", "GuardDuty Runtime Monitoring has a GuardDuty detector.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Security.Account is { GuardDutyRuntimeMonitoring: true, GuardDuty: false })
            yield return new RuleViolation(
                "security.account.guardDutyRuntimeMonitoring",
                "requires a detector; set security.account.guardDuty, or enable Runtime Monitoring where the account's detector is "
                    + "managed");
    }

    [Rule("account/security-hub", "Security Hub has an AWS Config recorder, which most of its controls depend on.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        // https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-setup-prereqs.html
        if (config.Security.Account is { SecurityHub.Count: > 0, RecordsConfig: false })
            yield return new RuleViolation(
                "security.account.configRecorder",
                "is off although Security Hub checks standards: without an AWS Config recorder in the region, most of their controls "
                    + "find nothing; "
                + "leave it out to create one, or ignore this if the account has one");
    }
}
