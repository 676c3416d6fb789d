using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Containers;

/// <summary>
/// Which images of a repository expire. Only one rule expires an image, and an image that matches the tags of a rule is not expired by a
/// rule with a lower priority: so released images are counted separately from images that were only pushed.
/// https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html
/// </summary>
/// <param name="UntaggedDays">Days after which untagged images expire.</param>
/// <param name="KeepImages">Number of tagged images to keep.</param>
/// <param name="KeepReleases">Number of images to keep for each of <paramref name="ReleaseTagPrefixes"/>.</param>
/// <param name="ReleaseTagPrefixes">Prefixes of the tags of released images, one for each application.</param>
internal sealed record RepositoryLifecycle(int UntaggedDays, int KeepImages, int KeepReleases, IReadOnlyList<string> ReleaseTagPrefixes)
{
    /// <summary>The policy as JSON; rules with lower numbers have precedence.</summary>
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
        // Not "any", which would also count untagged images: the platform manifests and attestations that belong to an image index.
        rules.Add(Keep(rules.Count + 1, KeepImages, "*"));
        return new JObject { ["rules"] = rules }.ToString(Formatting.None);
    }

    private static JObject Keep(int priority, int count, string tags) =>
        Rule(priority, $"The last {count} images stay of those tagged {tags}", new JObject
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
