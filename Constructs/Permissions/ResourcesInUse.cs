namespace Infra.Constructs.Permissions;

/// <summary>Resource types of an environment's stacks and further properties that permissions depend on.</summary>
/// <param name="Base">Types of base: <c>aws_s3_bucket</c>, of data sources <c>data.aws_ssm_parameter</c>.</param>
/// <param name="Runtime">Types of runtime.</param>
internal sealed record ResourcesInUse(IReadOnlySet<string> Base, IReadOnlySet<string> Runtime)
{
    /// <summary>Types of both.</summary>
    public IReadOnlySet<string> All { get; } = Base.Union(Runtime).ToHashSet(StringComparer.Ordinal);

    /// <summary>Domain whose DNS records it writes; none without one.</summary>
    public string? Domain { get; init; }

    /// <summary>Permissions for types of extensions, in addition to those of the platform.</summary>
    public Func<OwnResources, IEnumerable<TypePermissions>> OfExtensions { get; init; } = _ => [];

    /// <summary>Buckets that Terraform empties before it deletes them; none unless the environment is disposable.</summary>
    public IReadOnlyList<string> Emptied { get; init; } = [];
}
