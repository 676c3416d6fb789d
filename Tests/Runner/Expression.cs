using System.Globalization;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>
/// GitHub's expressions, as far as the workflows of this repository use them; anything else is an error.
/// https://docs.github.com/actions/reference/workflows-and-actions/expressions
/// </summary>
/// <param name="contexts">Contexts by name: <c>github</c>, <c>inputs</c>, <c>needs</c>.</param>
/// <param name="functions">Functions that depend on the context of the evaluation: <c>always</c>, <c>success</c>.</param>
internal sealed partial class Expression(JObject contexts, IReadOnlyDictionary<string, Func<JToken[], JToken>> functions)
{
    private List<string> _tokens = [];
    private int _at;

    /// <summary>Text with every <c>${{ }}</c> replaced; if the text is only one expression, its value keeps its type.</summary>
    public JToken Fill(string text)
    {
        Match whole = WholeText().Match(text);
        return whole.Success && !whole.Groups[1].Value.Contains("${{", StringComparison.Ordinal)
            ? Evaluate(whole.Groups[1].Value)
            : Embedded().Replace(text, match => Text(Evaluate(match.Groups[1].Value)));
    }

    /// <summary>Value of a condition.</summary>
    public bool Holds(string condition) =>
        Truthy(Fill(condition.Contains("${{", StringComparison.Ordinal) ? condition : $"${{{{ {condition} }}}}"));

    public static bool Truthy(JToken value) => value.Type switch
    {
        JTokenType.Null => false,
        JTokenType.Boolean => (bool)value,
        JTokenType.String => ((string)value!).Length > 0,
        JTokenType.Integer or JTokenType.Float => (double)value != 0,
        _ => true,
    };

    public static string Text(JToken value) => value.Type switch
    {
        JTokenType.Null => "",
        JTokenType.Boolean => (bool)value ? "true" : "false",
        JTokenType.Object or JTokenType.Array => value.ToString(Formatting.None),
        _ => Convert.ToString(((JValue)value).Value, CultureInfo.InvariantCulture)!,
    };

    private JToken Evaluate(string source)
    {
        (List<string> outerTokens, int outerAt) = (_tokens, _at);
        (_tokens, _at) = ([.. Tokens().Matches(source).Select(match => match.Value)], 0);
        if (string.Concat(_tokens).Length != source.Count(character => !char.IsWhiteSpace(character))
            && !source.Contains('\'', StringComparison.Ordinal))
            throw new FormatException($"cannot read: {source}");
        JToken value = Or();
        if (_at != _tokens.Count)
            throw new FormatException($"cannot read from '{_tokens[_at]}' on: {source}");
        (_tokens, _at) = (outerTokens, outerAt);
        return value;
    }

    private JToken Or()
    {
        JToken value = And();
        while (Take("||"))
        {
            JToken other = And();
            value = Truthy(value) ? value : other;
        }

        return value;
    }

    private JToken And()
    {
        JToken value = Equality();
        while (Take("&&"))
        {
            JToken other = Equality();
            value = Truthy(value) ? other : value;
        }

        return value;
    }

    private JToken Equality()
    {
        JToken value = Not();
        while (_at < _tokens.Count && _tokens[_at] is "==" or "!=")
        {
            bool equal = _tokens[_at++] == "==";
            // Strings are compared case-insensitively.
            value = string.Equals(Text(value), Text(Not()), StringComparison.OrdinalIgnoreCase) == equal;
        }

        return value;
    }

    private JToken Not() => Take("!") ? !Truthy(Not()) : Member();

    private JToken Member()
    {
        JToken value = Primary();
        while (true)
        {
            if (Take("."))
            {
                string name = _tokens[_at++];
                value = name == "*"
                    ? new JArray(value.Children().Select(child => child is JProperty property ? property.Value : child))
                    : Of(value, name);
            }
            else if (Take("["))
            {
                JToken index = Or();
                Expect("]");
                value = index.Type == JTokenType.Integer ? value[(int)index] ?? JValue.CreateNull() : Of(value, Text(index));
            }
            else
            {
                return value;
            }
        }
    }

    // For a list that .* created, the member of each element.
    private static JToken Of(JToken value, string name) => value switch
    {
        JArray list => new JArray(list.Select(element => Of(element, name))),
        JObject @object => @object.GetValue(name, StringComparison.OrdinalIgnoreCase) ?? JValue.CreateNull(),
        _ => JValue.CreateNull(),
    };

    private JToken Primary()
    {
        string token = _tokens[_at++];
        if (token == "(")
        {
            JToken inner = Or();
            Expect(")");
            return inner;
        }

        if (token[0] == '\'') return token[1..^1].Replace("''", "'", StringComparison.Ordinal);
        if (token is "true" or "false") return token == "true";
        if (long.TryParse(token, CultureInfo.InvariantCulture, out long number)) return number;
        if (Take("("))
        {
            var arguments = new List<JToken>();
            while (!Take(")"))
            {
                arguments.Add(Or());
                Take(",");
            }

            return Call(token, [.. arguments]);
        }

        return contexts.GetValue(token, StringComparison.OrdinalIgnoreCase) ?? throw new FormatException($"unknown context {token}");
    }

    private JToken Call(string name, JToken[] arguments) => name switch
    {
        "fromJSON" => JToken.Parse(Text(arguments[0])),
        "contains" => arguments[0] is JArray list
            ? list.Any(element => Text(element) == Text(arguments[1]))
            : Text(arguments[0]).Contains(Text(arguments[1]), StringComparison.OrdinalIgnoreCase),
        _ => functions.TryGetValue(name, out Func<JToken[], JToken>? function)
            ? function(arguments)
            : throw new FormatException($"unknown function {name}"),
    };

    private bool Take(string token)
    {
        if (_at >= _tokens.Count || _tokens[_at] != token) return false;
        _at++;
        return true;
    }

    private void Expect(string token)
    {
        if (!Take(token)) throw new FormatException($"'{token}' is missing in {string.Join(' ', _tokens)}");
    }

    [GeneratedRegex(@"^\s*\$\{\{(.*)\}\}\s*$", RegexOptions.Singleline)]
    private static partial Regex WholeText();

    [GeneratedRegex(@"\$\{\{(.*?)\}\}", RegexOptions.Singleline)]
    private static partial Regex Embedded();

    [GeneratedRegex(@"'(?:[^']|'')*'|\|\||&&|==|!=|[!().\[\],*]|[A-Za-z_][A-Za-z0-9_-]*|\d+")]
    private static partial Regex Tokens();
}
