using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Requests are encrypted.</summary>
internal sealed class Https() : SettingsCheck("https", "Services are served over HTTPS under a domain")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        !config.Services.Values.Any(service => service.IsListening)
            ? CheckResult.NotApplicable("no load balancer")
            : config.Domain is { } domain
                ? CheckResult.Met(domain.Name)
                : CheckResult.NotMet("no section domain: plain HTTP", "\"domain\": { \"name\": DOMAIN }");
}
