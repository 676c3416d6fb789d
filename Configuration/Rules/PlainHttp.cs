using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>A certificate needs a domain; without one the load balancer speaks HTTP, which everybody on the way can read.</summary>
internal static class PlainHttp
{
    public static IEnumerable<Problem> Check(EnvironmentConfig config)
    {
        if (config.Domain is null && config.Services.Values.Any(service => service.IsListening))
            yield return new Problem("services", "are reached by plain HTTP, since no domain is given; set domain.name for HTTPS");
    }
}
