using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Runner;

/// <summary>Conditions of jobs and steps: without a status function, everything before must have succeeded.</summary>
internal static partial class Conditions
{
    public static bool Hold(string? condition, JObject contexts, bool succeeded, bool failed, bool cancelled = false) => condition is null
        ? succeeded
        : (StatusFunction().IsMatch(condition) || succeeded) && In(contexts, succeeded, failed, cancelled).Holds(condition);

    /// <summary>Expressions with the status functions of the run so far.</summary>
    public static Expression In(JObject contexts, bool succeeded, bool failed, bool cancelled = false) =>
        new(contexts, new JObject
        {
            ["always"] = true,
            ["success"] = succeeded,
            ["failure"] = failed,
            ["cancelled"] = cancelled,
            // Used in cache keys, and for files that exist unless an earlier step failed; this runner has no cache.
            ["hashFiles"] = "0",
        });

    [GeneratedRegex(@"\b(always|success|failure|cancelled)\(\)")]
    private static partial Regex StatusFunction();
}
