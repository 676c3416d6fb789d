using Infra.Operations.AwsClients;

namespace Infra.Operations.Layers;

/// <summary>Selects the versions to delete after a new one is published.</summary>
internal static class LayerRetention
{
    /// <summary>
    /// Versions beyond the newest that are kept, but never the one in use, nor the previous one, which a rollback uses, nor versions that
    /// were not published by this command: they neither expire nor count.
    /// </summary>
    /// <param name="versions">Existing versions, newest first.</param>
    /// <param name="keep">Number of versions to keep.</param>
    /// <param name="held">ARNs of versions that are kept regardless of age.</param>
    public static IReadOnlyList<LayerVersion> Expired(IReadOnlyList<LayerVersion> versions, int keep, IReadOnlyCollection<string?> held) =>
    [
        .. versions.Where(version => LayerFingerprint.In(version.Description) is not null).Skip(keep)
            .Where(version => !held.Contains(version.Arn, StringComparer.Ordinal)),
    ];
}
