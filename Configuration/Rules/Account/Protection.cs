using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Account;

internal static class Protection
{
    [Rule("account/disposable",
        "A production environment is not disposable; on the emulator it can be, to try production's configuration.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config is { Production: true, Disposable: true, Emulator: false })
            yield return new RuleViolation(
                "disposable", "a production environment cannot be disposable; remove production or disposable", "production", "emulator");
    }
}
