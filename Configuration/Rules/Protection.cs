using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>Data that people depend on is not thrown away. On the emulator nobody does, and production's shape can be tried.</summary>
internal static class Protection
{
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config is { Production: true, Disposable: true, Emulator: false })
            yield return new RuleViolation("disposable", "a production environment is not disposable; take production or disposable away", "production", "emulator");
    }
}
