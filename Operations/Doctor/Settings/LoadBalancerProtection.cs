using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>The load balancer is protected against deletion.</summary>
internal sealed class LoadBalancerProtection() : SettingsCheck("load-balancer-protection", "The load balancer has deletion protection")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        !config.Services.Values.Any(service => service.IsListening)
            ? CheckResult.NotApplicable("no load balancer")
            : config.Security.LoadBalancerDeletionProtection && !config.Disposable && config.Schedule?.DestroysRuntime != true
                ? CheckResult.Met("on")
                : CheckResult.NotMet(
                    "off", "\"security\": { \"loadBalancerDeletionProtection\": true }, not disposable, no schedule that destroys");
}
