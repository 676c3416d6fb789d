using Infra.Configuration.Findings;

namespace Infra.Configuration.Validation;

/// <summary>
/// Marks a static method as a rule that the schema cannot express: values that must match each other or AWS's limits. The method takes an
/// <see cref="Model.EnvironmentConfig"/>, and an <see cref="EnvironmentFolder"/> if it compares files.
/// </summary>
/// <param name="id">Id, which begins with the folder of the rule and stays the same if the method is renamed.</param>
/// <param name="summary">What it requires, in one sentence, for docs/rules.md.</param>
/// <param name="severity">Severity of its findings.</param>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuleAttribute(string id, string summary, Severity severity = Severity.Error) : Attribute
{
    public Rule Rule { get; } = new(id, severity, summary);
}
