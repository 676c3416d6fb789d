using Infra.Configuration.Model;

namespace Infra.Operations.Doctor.Readiness;

/// <summary>A check of the environment file; needs no credentials.</summary>
internal abstract class SettingsCheck(string id, string requirement) : ReadinessCheck(id, requirement)
{
    public sealed override string Source => "environment file";

    /// <param name="config">The environment, with all defaults.</param>
    public abstract CheckResult Check(EnvironmentConfig config);
}
