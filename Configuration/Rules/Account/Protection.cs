using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Account;

internal static class Protection
{
    [Rule("account/disposable", "A production environment is not disposable.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config is { Production: true, Disposable: true })
            yield return new RuleViolation(
                "disposable", "a production environment cannot be disposable; remove production or disposable", "production");
    }
}
