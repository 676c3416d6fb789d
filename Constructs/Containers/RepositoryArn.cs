using System.Text.RegularExpressions;

namespace Infra.Constructs.Containers;

/// <summary>ARNs of the private ECR repositories of sidecar images.</summary>
internal static partial class RepositoryArn
{
    /// <summary>ARN of the repository; none for an image from a public registry, which requires no permissions.</summary>
    public static string? OfImage(string image) => Private().Match(image) is { Success: true } match
        ? $"arn:aws:ecr:{match.Groups["region"].Value}:{match.Groups["account"].Value}:repository/{match.Groups["name"].Value}"
        : null;

    [GeneratedRegex(@"\A(?<account>[0-9]{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com/(?<name>[^:@]+)")]
    private static partial Regex Private();
}
