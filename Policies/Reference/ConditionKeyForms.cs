using System.Text.RegularExpressions;
using Infra.Policies.Documents;

namespace Infra.Policies.Reference;

/// <summary>Forms of condition keys: <c>aws:RequestTag/${TagKey}</c> means <c>aws:RequestTag/Project</c>, too.</summary>
internal static partial class ConditionKeyForms
{
    /// <summary>Whether a key has a form; capitals do not matter.</summary>
    public static bool Fits(string form, string key) => Wildcard.Matches(Placeholder().Replace(form, "*"), key, ignoreCase: true);

    /// <summary>The first of some forms that a key has.</summary>
    public static string? Of(IEnumerable<string> forms, string key) => forms.FirstOrDefault(form => Fits(form, key));

    // The reference writes ${TagKey}; for some keys of S3 <key>.
    [GeneratedRegex(@"\$\{[^}]*\}|<[^>]*>")]
    private static partial Regex Placeholder();
}
