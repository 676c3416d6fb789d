using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Production is marked, so that every change is confirmed.</summary>
internal sealed class ConfirmedChanges() : SettingsCheck("confirmed-changes", "Changes are confirmed by typing the name of the environment")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.Production
            ? CheckResult.Met("\"production\": true")
            : CheckResult.NotMet("\"production\" is not true", "\"production\": true");
}
