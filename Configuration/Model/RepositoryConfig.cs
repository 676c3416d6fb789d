using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>An ECR repository: immutable tags, scanned on push, encrypted.</summary>
public sealed record RepositoryConfig
{
    [Description("Tagged images that are kept.")]
    [Range(1, 1000)]
    public int KeepImages { get; init; } = 10;

    [Description("Days after which untagged images are deleted.")]
    [Range(1, 365)]
    public int UntaggedDays { get; init; } = 7;
}
