using System.IO.Enumeration;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Support;

/// <summary>
/// Evaluates whether identity policies allow a request, for the policy elements that this project uses. Other elements are
/// errors.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
/// </summary>
internal sealed class IamEvaluator(IEnumerable<JObject> statements)
{
    private readonly JObject[] _statements = [.. statements];

    /// <param name="action">Action: <c>s3:GetObject</c>.</param>
    /// <param name="resource">ARN, or * for an action without resource types.</param>
    /// <param name="keys">Condition keys of the request that have a value.</param>
    public bool Allows(string action, string resource, params (string Key, string Value)[] keys)
    {
        JObject[] matching = [.. _statements.Where(statement => Matches(statement, action, resource, keys))];
        return matching.Length > 0 && matching.All(statement => (string?)statement["Effect"] == "Allow");
    }

    private static bool Matches(JObject statement, string action, string resource, (string Key, string Value)[] keys) =>
        Named(statement, "Action", "NotAction", action, ignoreCase: true)
        && Named(statement, "Resource", "NotResource", resource, ignoreCase: false)
        && ((statement["Condition"] as JObject)?.Properties() ?? []).All(@operator =>
            ((JObject)@operator.Value).Properties().All(condition =>
            Holds(@operator.Name, [.. keys.Where(key => key.Key.Equals(condition.Name, StringComparison.OrdinalIgnoreCase)).Select(key =>
                key.Value)], Texts(condition.Value))));

    private static bool Named(JObject statement, string which, string whichNot, string text, bool ignoreCase) =>
        statement[which] is { } named
        ? Texts(named).Any(pattern => Like(pattern, text, ignoreCase))
        : !Texts(statement[whichNot]!).Any(pattern => Like(pattern, text, ignoreCase));

    private static bool Holds(string @operator, string[] values, string[] wanted) => @operator switch
    {
        "StringEquals" => values.Length == 1 && wanted.Contains(values[0], StringComparer.Ordinal),
        "ArnEquals" or "ArnLike" or "StringLike" => values.Length == 1 && wanted.Any(pattern =>
            Like(pattern, values[0])),
        "ForAllValues:StringEquals" => values.All(value => wanted.Contains(value, StringComparer.Ordinal)),
        "ForAllValues:StringLike" => values.All(value => wanted.Any(pattern => Like(pattern, value))),
        "Null" => values.Length == 0 == (wanted.Single() == "true"),
        _ => throw new NotSupportedException($"condition operator {@operator}"),
    };

    // Neither ARNs nor actions contain a backslash, which would escape.
    private static bool Like(string pattern, string text, bool ignoreCase = false) =>
        FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase);

    private static string[] Texts(JToken oneOrMany) =>
        oneOrMany is JArray many ? [.. many.Values<string>().OfType<string>()] : [(string)oneOrMany!];
}
