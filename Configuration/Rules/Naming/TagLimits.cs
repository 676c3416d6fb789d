using System.Text.RegularExpressions;
using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Naming;

// https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html#id_tags_naming_best_practices
internal static partial class TagLimits
{
    private const int MostKeyCharacters = 128;
    private const int MostValueCharacters = 256;

    // AWS allows 50; Project, Environment, Deployment, ManagedBy, ProductDomain and Name are set for every resource.
    private const int MostTags = 50 - 6;

    // Policies and cost reports depend on these.
    private static readonly string[] Own = ["Project", "Environment", "Deployment", "Name"];

    // Their default can be replaced; AWS's names of tags are case-sensitive.
    private static readonly string[] Replaceable = ["ManagedBy", "ProductDomain"];

    [Rule("naming/tags", "Tags are within AWS's limits.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Tags.Count > MostTags)
            yield return new RuleViolation("tags", $"has {config.Tags.Count} tags; AWS allows 50, of which {MostTags} are left");

        var earlier = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach ((string key, string value) in config.Tags)
        {
            string path = ConfigPath.Join("tags", key);
            if (KeyProblem(key) is { } keyProblem)
                yield return new RuleViolation(path, keyProblem);
            else if (!earlier.TryAdd(key, key))
                yield return new RuleViolation(path, $"differs from {earlier[key]} only in case; IAM treats them as the same tag");
            if (value.Length > MostValueCharacters)
                yield return new RuleViolation(path, $"has {value.Length} characters; at most {MostValueCharacters} are allowed");
            if (!Characters().IsMatch(value))
                yield return new RuleViolation(
                    path, $"{Scalars.Show(value)} has characters that AWS does not allow in tags; letters, digits, spaces and _.:/=+-@ "
                        + "are allowed");
        }
    }

    private static string? KeyProblem(string key)
    {
        if (Own.FirstOrDefault(own => own.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } taken)
            return $"{taken} is set for every resource and cannot be changed";
        if (Replaceable.FirstOrDefault(tag => tag.Equals(key, StringComparison.OrdinalIgnoreCase)) is { } replaced && key != replaced)
            return $"must be written {replaced}";
        if (key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
            return "tags that begin with aws: are reserved by AWS";
        if (key.Length is 0 or > MostKeyCharacters)
            return $"has {key.Length} characters; 1 to {MostKeyCharacters} are allowed";
        return Characters().IsMatch(key)
            ? null
            : "has characters that AWS does not allow in tags; letters, digits, spaces and _.:/=+-@ are allowed";
    }

    [GeneratedRegex(@"\A[\p{L}\p{Zs}\p{N}_.:/=+\-@]*\z")]
    private static partial Regex Characters();
}
