using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>Requirements of the preload list. https://hstspreload.org</summary>
internal static class Hsts
{
    private const int OneYearSeconds = 31_536_000;

    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Security.Hsts is { Preload: true } hsts && (!hsts.IncludeSubdomains || hsts.MaxAgeSeconds < OneYearSeconds))
            yield return new RuleViolation(
                "security.hsts.preload",
                $"needs includeSubdomains and a maxAgeSeconds of at least {OneYearSeconds}",
                "security.hsts.includeSubdomains", "security.hsts.maxAgeSeconds");
    }
}
