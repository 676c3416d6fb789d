using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Production is not put to sleep.</summary>
internal sealed class AlwaysOn() : SettingsCheck("always-on", "No schedule puts the environment to sleep")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.Schedule is null
            ? CheckResult.Met("no schedule")
            : CheckResult.NotMet("a section schedule", "remove the section, then ./infra wake and ./infra deploy");
}
