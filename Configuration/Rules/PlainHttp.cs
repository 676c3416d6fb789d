using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>A certificate requires a domain; without one the load balancer serves plain HTTP, which can be read in transit.</summary>
internal static class PlainHttp
{
    private const string Everyone = "0.0.0.0/0";

    /// <summary>Production must use HTTPS, unless the file says otherwise. This does not apply to the emulator.</summary>
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

    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        if (IsPlain(config))
            yield return new RuleViolation(
                "services", "are available over plain HTTP, because no domain is set; set domain.name for HTTPS");
    }

    private static bool IsPlain(EnvironmentConfig config) =>
        config.Domain is null && config.Services.Values.Any(service => service.IsListening);
}
