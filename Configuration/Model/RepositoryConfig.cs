using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>An ECR repository: immutable tags, scanned on push, encrypted.</summary>
public sealed record RepositoryConfig
{
    [Description("Number of tagged images to keep, the last ones pushed.")]
    [Range(1, 1000)]
    public int KeepImages { get; init; } = 10;

    [Description(
        "Number of released images to keep in addition, for each service and agent; limits how far back a rollback can go. A release "
            + "that would expire the image of a running version is rejected.")]
    [Range(2, 1000)]
    public int KeepReleases { get; init; } = 20;

    [Description("Days after which untagged images are deleted.")]
    [Range(1, 365)]
    public int UntaggedDays { get; init; } = 7;
}
