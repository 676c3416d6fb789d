using System.Text.RegularExpressions;
using Infra.Tests.Workflows;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>
/// <c>dorny/paths-filter</c>: for each filter, whether a changed file matches it. A file matches if it matches one of the filter's
/// patterns, or all of them with <c>predicate-quantifier: every</c>, which patterns with <c>!</c> need.
/// https://github.com/dorny/paths-filter
/// </summary>
internal static partial class PathsFilter
{
    public static JObject Outputs(JObject with, IReadOnlyList<string> changed)
    {
        bool every = (string?)with["predicate-quantifier"] == "every";
        JObject filters = WorkflowFile.Parse("filters", (string)with["filters"]!).Content;
        return new JObject(filters.Properties().Select(filter => new JProperty(
            filter.Name, changed.Any(file => Matches(filter.Value, every, file)) ? "true" : "false")));
    }

    private static bool Matches(JToken patterns, bool every, string file)
    {
        IEnumerable<bool> matches = patterns.Select(pattern => Matches((string)pattern!, file));
        return every ? matches.All(match => match) : matches.Any(match => match);
    }

    private static bool Matches(string pattern, string file)
    {
        bool negated = pattern.StartsWith('!');
        string expression = Wildcards().Replace(negated ? pattern[1..] : pattern, match => match.Value switch
        {
            "**/" => "(.*/)?",
            "**" => ".*",
            "*" => "[^/]*",
            "{" => "(",
            "}" => ")",
            "," => "|",
            _ => Regex.Escape(match.Value),
        });
        return Regex.IsMatch(file, $"^{expression}$") != negated;
    }

    [GeneratedRegex(@"\*\*/|\*\*|.")]
    private static partial Regex Wildcards();
}
