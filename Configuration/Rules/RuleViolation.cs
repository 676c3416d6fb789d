using Infra.Configuration.Reading;

namespace Infra.Configuration.Rules;

/// <summary>What a rule finds; where it stands in which file is looked up later, so that rules need not know of files.</summary>
/// <param name="Path">Value that is wrong.</param>
/// <param name="Message">What is wrong, what is allowed, and the nearest valid value.</param>
/// <param name="Others">Other values that it follows from.</param>
internal sealed record RuleViolation(string Path, string Message, params IReadOnlyList<string> Others)
{
    /// <summary>Whether it follows from a value that is a stand-in for a broken one.</summary>
    public bool DependsOnAny(IReadOnlySet<string> broken) =>
        broken.Any(b => ConfigPath.IsWithin(Path, b) || Others.Any(other => ConfigPath.IsWithin(other, b)));
}
