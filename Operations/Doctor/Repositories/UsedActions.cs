using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Doctor.Repositories;

/// <summary>The actions of other repositories that this repository's workflows use.</summary>
internal static partial class UsedActions
{
    /// <summary>Owner and name, without those in this repository.</summary>
    /// <param name="root">Folder of the checkout.</param>
    public static IReadOnlyList<string> Of(string root) => Path.Combine(root, ".github") is var folder && !Directory.Exists(folder) ? [] :
    [
        .. Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories)
            .SelectMany(file => Uses().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal),
    ];

    /// <summary>
    /// Whether selected actions include one:
    /// https://docs.github.com/rest/actions/permissions#get-allowed-actions-and-reusable-workflows-for-a-repository
    /// </summary>
    /// <param name="action">Owner and name.</param>
    /// <param name="selected">GitHub's selection.</param>
    public static bool IsAllowed(string action, JObject selected)
    {
        string[] patterns = [.. (selected["patterns_allowed"] ?? new JArray()).Select(pattern => (string)pattern!)];
        bool Matches(string pattern) => Regex.IsMatch(
            $"{action}@", $"^{Regex.Escape(pattern.Split('@')[0]).Replace("\\*", ".*", StringComparison.Ordinal)}(/.*)?@$",
            RegexOptions.IgnoreCase);

        // GitHub's own actions are those of these two owners.
        bool isGitHubs = action.Split('/')[0] is "actions" or "github";
        return !patterns.Where(pattern => pattern.StartsWith('!')).Any(pattern => Matches(pattern[1..]))
            && ((isGitHubs && (bool?)selected["github_owned_allowed"] == true) || patterns.Any(Matches));
    }

    [GeneratedRegex(@"uses: ([A-Za-z0-9-]+/[A-Za-z0-9._-]+)[^\s]*@")]
    private static partial Regex Uses();
}
