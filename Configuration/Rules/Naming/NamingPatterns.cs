using System.Text.RegularExpressions;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Naming;

internal static partial class NamingPatterns
{
    private static readonly string[] Known = ["project", "env", "account", "region", "prefix", "purpose"];

    [Rule("naming/patterns", "Naming patterns have known placeholders, and produce different names where needed.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        NamingConfig naming = config.Naming;
        (string, string?)[] patterns =
            [("prefix", naming.Prefix), ("bucket", naming.Bucket), ("repository", naming.Repository), ("parameter", naming.Parameter),
                ("layer", naming.Layer), ("codeBucket", naming.CodeBucket), .. KindPatterns.Of(naming)];
        foreach ((string key, string? set) in patterns)
        {
            if (set is not { } pattern)
                continue;
            string path = $"naming.{key}";
            string[] unknown = [.. Placeholder().Matches(pattern).Select(m => m.Groups[1].Value).Where(p => !Known.Contains(p))];
            foreach (string placeholder in unknown)
                yield return new RuleViolation(
                    path, $"{{{placeholder}}} is not one of {string.Join(", ", Known.Select(known => $"{{{known}}}"))}"
                        + ClosestMatch.Hint(placeholder, Known));
            Regex stray = key is "repository" or "parameter" ? StrayInPath() : Stray();
            if (stray.IsMatch(Placeholder().Replace(pattern, "")))
                yield return new RuleViolation(
                    path, $"{Scalars.Show(pattern)} has characters other than lower-case letters, digits, - and "
                        + $"placeholders{(key is "repository" or "parameter" ? ", / . and _" : "")}");

            bool tellsPurpose = pattern.Contains("{purpose}", StringComparison.Ordinal);
            if (key == "prefix" && pattern.Contains("{prefix}", StringComparison.Ordinal))
                yield return new RuleViolation(path, "the prefix cannot contain itself: leave {prefix} out");
            if (key == "prefix" && tellsPurpose)
                yield return new RuleViolation(path, "{purpose} is appended to the prefix automatically; leave it out");
            if (key == "codeBucket" && tellsPurpose)
                yield return new RuleViolation(path, "{purpose} has no meaning here: an environment has one such bucket; leave it out");
            if (key == "parameter"
                && !(pattern.StartsWith('/')
                    && pattern.Contains("{env}", StringComparison.Ordinal)
                    && pattern.EndsWith("/{purpose}", StringComparison.Ordinal)))
                yield return new RuleViolation(path,
                    $"{Scalars.Show(pattern)} is not a parameter path; it begins with /, contains {{env}} and ends with /{{purpose}}");
            if (key is "bucket" or "repository" or "layer" && !tellsPurpose && unknown.Length == 0)
                yield return new RuleViolation(path, $"{{purpose}} is missing; every {key} would have the same name");
        }
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex Stray();

    [GeneratedRegex("[^a-z0-9/._-]")]
    private static partial Regex StrayInPath();
}
