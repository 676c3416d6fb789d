using System.Text.RegularExpressions;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Naming;

internal static partial class StatePatterns
{
    private static readonly string[] Known = ["project", "env", "account", "region"];

    [Rule("naming/state", "Patterns of the state's bucket, table and keys have known placeholders, and stacks have different keys.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        (string, string?)[] patterns = [("bucket", config.State.Bucket), ("lockTable", config.State.LockTable), ("key", config.State.Key)];
        foreach ((string key, string? set) in patterns)
        {
            if (set is not { } pattern)
                continue;
            string path = $"state.{key}";
            string[] known = key == "key" ? [.. Known, "stack"] : Known;
            foreach (string placeholder in Placeholder().Matches(pattern).Select(match => match.Groups[1].Value)
                .Where(name => !known.Contains(name)))
                yield return new RuleViolation(
                    path, $"{{{placeholder}}} is not one of {string.Join(", ", known.Select(name => $"{{{name}}}"))}"
                        + ClosestMatch.Hint(placeholder, known));
        }
        if (config.State.Key is { } stateKey)
        {
            if (!stateKey.Contains("{stack}", StringComparison.Ordinal))
                yield return new RuleViolation(
                    "state.key", "{stack} is missing; base and runtime would have the same key");
            if (!Key().IsMatch(Placeholder().Replace(stateKey, "x")))
                yield return new RuleViolation(
                    "state.key", $"{Scalars.Show(stateKey)} is not a key of letters, digits and _.-, with single / between levels");
        }
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\A[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*\z")]
    private static partial Regex Key();
}
