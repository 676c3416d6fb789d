using System.Text.RegularExpressions;
using Infra.Policies.Documents;

namespace Infra.Policies.Reference;

/// <summary>Formats of condition keys: <c>aws:RequestTag/${TagKey}</c> also matches <c>aws:RequestTag/Project</c>.</summary>
internal static partial class ConditionKeyForms
{
    /// <summary>Whether a key has a format; case-insensitive.</summary>
    public static bool Fits(string form, string key) => Wildcard.Matches(Placeholder().Replace(form, "*"), key, ignoreCase: true);

    /// <summary>The first format that a key has.</summary>
    public static string? Of(IEnumerable<string> forms, string key) => forms.FirstOrDefault(form => Fits(form, key));

    // The reference writes ${TagKey}; for some S3 keys <key>.
    [GeneratedRegex(@"\$\{[^}]*\}|<[^>]*>")]
    private static partial Regex Placeholder();
}
