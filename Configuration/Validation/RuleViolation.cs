using Infra.Configuration.Findings;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Validation;

/// <summary>A violation of a rule; its position in the files is looked up later, so that rules do not depend on files.</summary>
/// <param name="Path">Value that is wrong.</param>
/// <param name="Message">What is wrong, what is allowed, and the closest valid value.</param>
/// <param name="Others">Other values that it depends on.</param>
internal sealed record RuleViolation(string Path, string Message, params IReadOnlyList<string> Others)
{
    /// <summary>The rule; <see cref="AllRules"/> sets it.</summary>
    public Rule? Rule { get; init; }

    /// <summary>Whether it depends on a value that is a placeholder for an invalid one.</summary>
    public bool DependsOnAny(IReadOnlySet<string> broken) =>
        broken.Any(b => ConfigPath.IsWithin(Path, b) || Others.Any(other => ConfigPath.IsWithin(other, b)));
}
