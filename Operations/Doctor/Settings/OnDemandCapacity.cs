using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Services do not depend on spare capacity only.</summary>
internal sealed class OnDemandCapacity() : SettingsCheck("on-demand-capacity", "No service runs only on Fargate Spot")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.Services.Count == 0
            ? CheckResult.NotApplicable("no services")
            : CheckResult.None(
                config.Services.Where(service => service.Value.Capacity is { OnDemand: 0, Base: 0 })
                    .Select(service => $"services.{service.Key} runs only on Spot"),
                "Fargate",
                "\"capacity\": { \"base\": 2 } keeps two tasks on Fargate");
}
