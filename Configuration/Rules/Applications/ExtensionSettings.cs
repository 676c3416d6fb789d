using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Applications;

internal static class ExtensionSettings
{
    [Rule("applications/extensions", "Sections of extensions satisfy the rules of their extension.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config) =>
        from extension in config.Extensions
        orderby extension.Key
        from violation in extension.Value.Check()
        let section = $"extensions.{extension.Key}"
        select new RuleViolation(
            $"{section}.{violation.Key}", violation.Message, [.. violation.Others.Select(other => $"{section}.{other}")]);
}
