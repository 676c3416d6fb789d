namespace Infra.Configuration.Model;

/// <summary>
/// Cross-Region inference profiles of Bedrock: a model id with the geography, whose Regions requests are routed to, as its prefix.
/// https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html
/// </summary>
public static class InferenceProfiles
{
    /// <summary>Geographies, and the prefixes of the Regions from which each can be invoked; none means any Region.</summary>
    private static readonly Dictionary<string, string[]> Geographies = new(StringComparer.Ordinal)
    {
        ["us"] = ["us-", "ca-", "mx-"],
        ["us-gov"] = ["us-gov-"],
        ["ca"] = ["ca-"],
        ["eu"] = ["eu-", "il-"],
        ["apac"] = ["ap-", "me-"],
        ["jp"] = ["ap-northeast-"],
        ["au"] = ["ap-southeast-"],
        ["global"] = [],
    };

    /// <summary>Id of the model that a profile invokes; none if the id is not a profile.</summary>
    public static string? ModelOf(string id) => GeographyOf(id) is { } geography ? id[(geography.Length + 1)..] : null;

    /// <summary>Geography of a profile that cannot be invoked from a Region; none if it can, or if the id is not a profile.</summary>
    public static string? WrongGeography(string id, string region) =>
        GeographyOf(id) is { } geography && Geographies[geography] is { Length: > 0 } regions
            && !regions.Any(start => region.StartsWith(start, StringComparison.Ordinal))
            ? geography
            : null;

    private static string? GeographyOf(string id) => id.Split('.', 2) is [var first, _] && Geographies.ContainsKey(first) ? first : null;
}
