using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Resources with data are protected against deletion.</summary>
internal sealed class KeptData() : SettingsCheck("kept-data", "Resources with data are protected against deletion")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.Disposable || config.Emulator
            ? CheckResult.NotMet($"\"{(config.Disposable ? "disposable" : "emulator")}\": true",
                "remove it, then ./infra deploy --env NAME")
            : CheckResult.Met("prevent_destroy, deletion protection, final snapshots");
}
