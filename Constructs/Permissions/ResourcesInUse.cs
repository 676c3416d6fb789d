namespace Infra.Constructs.Permissions;

/// <summary>What an environment's stacks are made of, as far as permissions depend on it.</summary>
/// <param name="Base">Types of base: <c>aws_s3_bucket</c>, of data sources <c>data.aws_ssm_parameter</c>.</param>
/// <param name="Runtime">Types of runtime.</param>
internal sealed record ResourcesInUse(IReadOnlySet<string> Base, IReadOnlySet<string> Runtime)
{
    /// <summary>Types of both.</summary>
    public IReadOnlySet<string> All { get; } = Base.Union(Runtime).ToHashSet(StringComparer.Ordinal);

    /// <summary>Domain whose DNS records it writes; none without one.</summary>
    public string? Domain { get; init; }

    /// <summary>Buckets that Terraform empties before it deletes them; none unless the environment is disposable.</summary>
    public IReadOnlyList<string> Emptied { get; init; } = [];
}
