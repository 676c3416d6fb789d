using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>Security Hub reads most of what it checks from AWS Config.</summary>
internal static class AccountChecks
{
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        // https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-setup-prereqs.html
        if (config.Security.Account is { SecurityHub.Count: > 0, RecordsConfig: false })
            yield return new RuleViolation(
                "security.account.configRecorder",
                "is off while Security Hub checks standards: without a recorder of AWS Config in the region, most of their controls find nothing; "
                + "leave it out to make one, or ignore this where the account has one");
    }
}
