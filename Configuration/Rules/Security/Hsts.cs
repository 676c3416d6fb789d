using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Security;

// https://hstspreload.org
internal static class Hsts
{
    private const int OneYearSeconds = 31_536_000;

    [Rule("security/hsts-preload", "The header Strict-Transport-Security fulfills the requirements of the preload list.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Security.Hsts is { Preload: true } hsts && (!hsts.IncludeSubdomains || hsts.MaxAgeSeconds < OneYearSeconds))
            yield return new RuleViolation(
                "security.hsts.preload",
                $"needs includeSubdomains and a maxAgeSeconds of at least {OneYearSeconds}",
                "security.hsts.includeSubdomains", "security.hsts.maxAgeSeconds");
    }
}
