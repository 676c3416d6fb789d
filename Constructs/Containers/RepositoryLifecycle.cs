using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Containers;

/// <summary>
/// Which images of a repository go by themselves. An image is expired by one rule only, and not by one that comes after a rule whose
/// tags it has: so images that were released are counted apart from those that were only pushed.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
/// </summary>
/// <param name="UntaggedDays">Days after which untagged images go.</param>
/// <param name="KeepImages">Tagged images that stay.</param>
/// <param name="KeepReleases">Images that stay of each of <paramref name="ReleaseTagPrefixes"/>.</param>
/// <param name="ReleaseTagPrefixes">What tags of released images begin with, one for each application.</param>
internal sealed record RepositoryLifecycle(int UntaggedDays, int KeepImages, int KeepReleases, IReadOnlyList<string> ReleaseTagPrefixes)
{
    /// <summary>The policy as ECR wants it; lower numbers come first.</summary>
    public string ToJson()
    {
        var rules = new JArray(Rule(1, $"Untagged images go after {UntaggedDays} days", new JObject
        {
            ["tagStatus"] = "untagged",
            ["countType"] = "sinceImagePushed",
            ["countUnit"] = "days",
            ["countNumber"] = UntaggedDays,
        }));
        foreach (string prefix in ReleaseTagPrefixes.Order(StringComparer.Ordinal))
            rules.Add(Keep(rules.Count + 1, KeepReleases, $"{prefix}*"));
        // Not "any", which would count untagged ones again: the manifests of platforms and attestations that lie below an index.
        rules.Add(Keep(rules.Count + 1, KeepImages, "*"));
        return new JObject { ["rules"] = rules }.ToString(Formatting.None);
    }

    private static JObject Keep(int priority, int count, string tags) => Rule(priority, $"The last {count} images stay of those tagged {tags}", new JObject
    {
        ["tagStatus"] = "tagged",
        ["tagPatternList"] = new JArray(tags),
        ["countType"] = "imageCountMoreThan",
        ["countNumber"] = count,
    });

    private static JObject Rule(int priority, string description, JObject selection) => new()
    {
        ["rulePriority"] = priority,
        ["description"] = description,
        ["selection"] = selection,
        ["action"] = new JObject { ["type"] = "expire" },
    };
}
