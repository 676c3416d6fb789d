using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Infra.Insight;

/// <summary>A reference to a resource or data source in an expression.</summary>
/// <param name="Address">Its target: <c>data.terraform_remote_state.base</c>.</param>
/// <param name="Attribute">Path of the attribute: <c>outputs.vpc_id</c>; empty for the whole element.</param>
public sealed partial record Reference(string Address, string Attribute)
{
    /// <summary>
    /// Possible references in the interpolations (<c>${…}</c>) and dependencies of a value, in order; the caller checks whether the stack
    /// has such an element.
    /// </summary>
    public static IEnumerable<Reference> In(JToken value) => value switch
    {
        JObject map => map.Properties().Where(property => property.Name != "//").SelectMany(property => property.Name == "depends_on"
            ? property.Value.Values<string>().SelectMany(address => InExpression(address!))
            : In(property.Value)),
        JArray list => list.SelectMany(In),
        JValue { Type: JTokenType.String } text => Interpolations((string)text!).SelectMany(InExpression),
        _ => [],
    };

    private static IEnumerable<Reference> InExpression(string expression) =>
        Named().Matches(expression).Select(match => new Reference(match.Groups["address"].Value, match.Groups["attribute"].Value));

    /// <summary>The expressions of a template; <c>$${</c> is literal text.</summary>
    private static IEnumerable<string> Interpolations(string template)
    {
        int from = 0;
        while ((from = template.IndexOf("${", from, StringComparison.Ordinal)) >= 0)
        {
            if (from > 0 && template[from - 1] == '$')
            {
                from += 2;
                continue;
            }

            int to = End(template, from + 2);
            yield return template[(from + 2)..to];
            from = to;
        }
    }

    /// <summary>Index of the closing brace for the opening brace before <paramref name="at"/>.</summary>
    internal static int End(string template, int at)
    {
        for (int open = 1; at < template.Length; at++)
        {
            open += template[at] switch { '{' => 1, '}' => -1, _ => 0 };
            if (open == 0) return at;
        }

        return template.Length;
    }

    // Names of resources can contain hyphens, those of types and attributes cannot. An index is skipped.
    [GeneratedRegex(
        @"(?<![\w.-])(?<address>(?:data\.)?[a-z][a-z0-9]*_[a-z0-9_]*\.[A-Za-z_][\w-]*)(?:\[[^\]]*\])?(?:\.(?<attribute>[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*))?")]
    private static partial Regex Named();
}
