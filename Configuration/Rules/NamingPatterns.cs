using System.Text.RegularExpressions;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;

namespace Infra.Configuration.Rules;

/// <summary>Patterns of names use the placeholders there are, and tell apart what they must.</summary>
internal static partial class NamingPatterns
{
    private static readonly string[] Known = ["project", "env", "account", "purpose"];

    public static IEnumerable<Problem> Check(EnvironmentConfig config)
    {
        foreach ((string key, string pattern) in new[] { ("prefix", config.Naming.Prefix), ("bucket", config.Naming.Bucket), ("repository", config.Naming.Repository) })
        {
            string path = $"naming.{key}";
            string[] unknown = [.. Placeholder().Matches(pattern).Select(m => m.Groups[1].Value).Where(p => !Known.Contains(p))];
            foreach (string placeholder in unknown)
                yield return new Problem(path, $"{{{placeholder}}} is not one of {{project}}, {{env}}, {{account}}, {{purpose}}{Nearest.Hint(placeholder, Known)}");
            Regex stray = key == "repository" ? StrayInRepository() : Stray();
            if (stray.IsMatch(Placeholder().Replace(pattern, "")))
                yield return new Problem(path, $"{Scalars.Show(pattern)} has characters beside lower-case letters, digits, - and placeholders{(key == "repository" ? ", / . and _" : "")}");

            bool tellsPurpose = pattern.Contains("{purpose}", StringComparison.Ordinal);
            if (key == "prefix" && tellsPurpose)
                yield return new Problem(path, "{purpose} is put behind the prefix by itself; leave it out");
            if (key != "prefix" && !tellsPurpose && unknown.Length == 0)
                yield return new Problem(path, $"{{purpose}} is missing; every {key} would have the same name");
        }
    }

    [GeneratedRegex(@"\{([^{}]*)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex("[^a-z0-9-]")]
    private static partial Regex Stray();

    [GeneratedRegex("[^a-z0-9/._-]")]
    private static partial Regex StrayInRepository();
}
