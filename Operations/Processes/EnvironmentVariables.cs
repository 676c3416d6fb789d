using System.Collections;

namespace Infra.Operations.Processes;

/// <summary>
/// The environment variables of this process, read once when the program starts. docs/operations.md lists those with a meaning here.
/// </summary>
internal sealed class EnvironmentVariables(IReadOnlyDictionary<string, string> values)
{
    public static EnvironmentVariables OfThisProcess() => new(Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal));

    /// <summary>All variables that are set, including those that are empty.</summary>
    public IReadOnlyDictionary<string, string> All { get; } = values;

    /// <summary>Names of all variables that are set, including those that are empty.</summary>
    public IEnumerable<string> Names => All.Keys;

    /// <summary>Value of a variable; null if it is not set or empty.</summary>
    public string? this[string name] => All.TryGetValue(name, out string? value) && !string.IsNullOrWhiteSpace(value) ? value : null;

    /// <summary>Whether a variable is <c>1</c>.</summary>
    public bool IsOn(string name) => this[name] == "1";
}
