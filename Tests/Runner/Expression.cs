using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>
/// GitHub's expressions in the values of a workflow. https://docs.github.com/actions/reference/workflows-and-actions/expressions
/// </summary>
/// <param name="contexts">Contexts by name: <c>github</c>, <c>inputs</c>, <c>needs</c>.</param>
/// <param name="functions">Values of functions that depend on the context of the evaluation: <c>always</c>, <c>success</c>.</param>
internal sealed partial class Expression(JObject contexts, JObject functions)
{
    /// <summary>Text with every <c>${{ }}</c> replaced; if the text is only one expression, its value keeps its type.</summary>
    public JToken Fill(string text)
    {
        Match whole = WholeText().Match(text);
        return whole.Success && !whole.Groups[1].Value.Contains("${{", StringComparison.Ordinal)
            ? Evaluate(whole.Groups[1].Value)
            : Embedded().Replace(text, match => Text(Evaluate(match.Groups[1].Value)));
    }

    /// <summary>Value of a condition; GitHub converts it to a boolean.</summary>
    public bool Holds(string condition) =>
        (bool)Evaluate($"!!({(WholeText().Match(condition) is { Success: true } whole ? whole.Groups[1].Value : condition)})");

    public static string Text(JToken value) => value.Type switch
    {
        JTokenType.Null => "",
        JTokenType.Boolean => (bool)value ? "true" : "false",
        JTokenType.Object or JTokenType.Array => value.ToString(Formatting.None),
        _ => Convert.ToString(((JValue)value).Value, CultureInfo.InvariantCulture)!,
    };

    private JToken Evaluate(string source) => ExpressionEvaluator.Evaluate(source.Trim(), contexts, functions);

    [GeneratedRegex(@"^\s*\$\{\{(.*)\}\}\s*$", RegexOptions.Singleline)]
    private static partial Regex WholeText();

    [GeneratedRegex(@"\$\{\{(.*?)\}\}", RegexOptions.Singleline)]
    private static partial Regex Embedded();
}
