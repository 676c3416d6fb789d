using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Nobody opens a shell in a task.</summary>
internal sealed class NoShell() : SettingsCheck("no-shell", "ECS Exec is off")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.Services.Count == 0
            ? CheckResult.NotApplicable("no services")
            : CheckResult.None(
                config.Services.Where(service => service.Value.Exec).Select(service => $"services.{service.Key}.exec is true"),
                "off",
                "\"exec\": false");
}
