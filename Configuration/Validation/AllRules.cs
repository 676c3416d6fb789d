using System.Reflection;
using Infra.Configuration.Findings;
using Infra.Configuration.Model;

namespace Infra.Configuration.Validation;

/// <summary>Finds all rules, which are the methods with a <see cref="RuleAttribute"/>, and applies them.</summary>
internal static class AllRules
{
    private delegate IEnumerable<RuleViolation> FileRule(EnvironmentConfig config);

    private delegate IEnumerable<RuleViolation> FolderRule(EnvironmentConfig config, EnvironmentFolder folder);

    private static readonly (Rule Rule, FileRule? OfFile, FolderRule? OfFolder)[] All =
    [
        .. from type in typeof(AllRules).Assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static)
           let rule = method.GetCustomAttribute<RuleAttribute>()?.Rule
           where rule is not null
           let ofFolder = method.GetParameters().Length > 1
           // Findings at the same position stay in this order: those of the file first.
           orderby ofFolder, type.Name
           select (rule, ofFolder ? null : method.CreateDelegate<FileRule>(), ofFolder ? method.CreateDelegate<FolderRule>() : null),
    ];

    public static IEnumerable<Rule> Rules => All.Select(each => each.Rule);

    /// <summary>Violations of all rules with a severity.</summary>
    /// <param name="severity">The severity.</param>
    /// <param name="config">The environment.</param>
    /// <param name="folder">The folder of its file; without it, only rules that need no other file are applied.</param>
    public static IEnumerable<RuleViolation> Check(Severity severity, EnvironmentConfig config, EnvironmentFolder? folder = null) =>
        from each in All
        where each.Rule.Severity == severity
        from violation in each.OfFile?.Invoke(config) ?? (folder is null ? [] : each.OfFolder!(config, folder))
        select violation with { Rule = each.Rule };
}
