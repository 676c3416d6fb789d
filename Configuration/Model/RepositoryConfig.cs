using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>An ECR repository: immutable tags, scanned on push, encrypted.</summary>
public sealed record RepositoryConfig
{
    [Description("Tagged images that are kept, the last ones pushed.")]
    [Range(1, 1000)]
    public int KeepImages { get; init; } = 10;

    [Description("Images that are kept beside those because a service or agent was released with them, for each the last ones pushed; how far back a rollback can go. A release that would let go of what runs is refused.")]
    [Range(2, 1000)]
    public int KeepReleases { get; init; } = 20;

    [Description("Days after which untagged images are deleted.")]
    [Range(1, 365)]
    public int UntaggedDays { get; init; } = 7;
}
