using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>A certificate needs a domain; without one the load balancer speaks HTTP, which everybody on the way can read.</summary>
internal static class PlainHttp
{
    private const string Everyone = "0.0.0.0/0";

    /// <summary>In production everyone is served by HTTPS, unless the file says otherwise. On the emulator nobody is served.</summary>
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (IsPlain(config) && config is { Production: true, Emulator: false, Security.AllowPlainHttp: false } && config.Security.IngressCidrs.Contains(Everyone))
            yield return new RuleViolation(
                "services",
                "would be served to everyone by plain HTTP in production; set domain.name for HTTPS, name who may reach them in security.ingressCidrs, or write \"security\": { \"allowPlainHttp\": true }",
                "domain", "production", "security");
    }

    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config)
    {
        if (IsPlain(config))
            yield return new RuleViolation("services", "are reached by plain HTTP, since no domain is given; set domain.name for HTTPS");
    }

    private static bool IsPlain(EnvironmentConfig config) => config.Domain is null && config.Services.Values.Any(service => service.IsListening);
}
