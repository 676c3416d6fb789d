using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>Warns about Security Hub without AWS Config, which most of its controls depend on.</summary>
internal static class AccountChecks
{
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
