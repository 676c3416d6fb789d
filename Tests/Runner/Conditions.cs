using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>Conditions of jobs and steps: without a word on it, all that went before must have succeeded.</summary>
internal static partial class Conditions
{
    public static bool Hold(string? condition, JObject contexts, bool succeeded, bool failed) => condition is null
        ? succeeded
        : (StatusFunction().IsMatch(condition) || succeeded) && In(contexts, succeeded, failed).Holds(condition);

    /// <summary>Expressions that know how things went so far.</summary>
    public static Expression In(JObject contexts, bool succeeded, bool failed) => new(contexts, new Dictionary<string, Func<JToken[], JToken>>
    {
        ["always"] = _ => true,
        ["success"] = _ => succeeded,
        ["failure"] = _ => failed,
        // Only the key of a cache, which a desk has none of.
        ["hashFiles"] = _ => "0",
    });

    [GeneratedRegex(@"\b(always|success|failure|cancelled)\(\)")]
    private static partial Regex StatusFunction();
}
