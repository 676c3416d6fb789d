namespace Infra.Operations.Layers;

/// <summary>Which versions go once a new one is there.</summary>
internal static class LayerRetention
{
    /// <summary>Versions beyond the newest that are kept, but never the one in use, nor the one before it, which a rollback takes.</summary>
    /// <param name="versions">Versions that are there, the newest first.</param>
    /// <param name="keep">How many are kept.</param>
    /// <param name="held">ARNs of those that are kept whatever their age.</param>
    public static IReadOnlyList<LayerVersion> Expired(IReadOnlyList<LayerVersion> versions, int keep, IReadOnlyCollection<string?> held) =>
        [.. versions.Skip(keep).Where(version => !held.Contains(version.Arn, StringComparer.Ordinal))];
}
