using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Requests to services are filtered.</summary>
internal sealed class Firewall() : SettingsCheck("firewall", "AWS WAF protects the load balancer")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        !config.Services.Values.Any(service => service.IsListening)
            ? CheckResult.NotApplicable("no load balancer")
            : config.Security.Waf is { } waf
                ? CheckResult.Met($"{waf.RateLimit} requests of one address in five minutes")
                : CheckResult.NotMet("no section security.waf", "\"security\": { \"waf\": {} }");
}
