using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>A deployment is tested.</summary>
internal sealed class SmokeTests() : SettingsCheck("smoke-tests", "Smoke tests run after each deployment")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.Services.Count + config.Sites.Count + config.Agents.Count == 0
            ? CheckResult.NotApplicable("no services, sites or agents")
            : config.Smoke.Count > 0
                ? CheckResult.Met($"{config.Smoke.Count} tests")
                : CheckResult.NotMet("no section smoke", "\"smoke\": [{ \"name\": NAME, … }]: docs/configuration.md");
}
