using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Security;

/// <summary>A certificate requires a domain; without one the load balancer serves plain HTTP, which can be read in transit.</summary>
internal static class PlainHttp
{
    private const string Everyone = "0.0.0.0/0";

    [Rule("security/plain-http-in-production", "Services that everyone can reach use HTTPS in production, unless the file says otherwise.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (IsPlain(config)
            && config is { Production: true, Emulator: false, Security.AllowPlainHttp: false }
            && config.Security.IngressCidrs.Contains(Everyone))
            yield return new RuleViolation(
                "services",
                "would be available to everyone over plain HTTP in production; set domain.name for HTTPS, restrict access with "
                    + "security.ingressCidrs, or write \"security\": { \"allowPlainHttp\": true }",
                "domain", "production", "security");
    }

    [Rule("security/plain-http", "Services behind the load balancer use HTTPS, which needs a domain.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        if (IsPlain(config))
            yield return new RuleViolation(
                "services", "are available over plain HTTP, because no domain is set; set domain.name for HTTPS");
    }

    private static bool IsPlain(EnvironmentConfig config) =>
        config.Domain is null && config.Services.Values.Any(service => service.IsListening);
}
