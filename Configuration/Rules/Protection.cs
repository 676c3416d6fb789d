using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>A production environment cannot be disposable. On the emulator it can, to try production's configuration.</summary>
internal static class Protection
{
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config is { Production: true, Disposable: true, Emulator: false })
            yield return new RuleViolation(
                "disposable", "a production environment cannot be disposable; remove production or disposable", "production", "emulator");
    }
}
