namespace Infra.Contracts;

/// <summary>Part of a snapshot's identifier that says what it was taken before: <c>{database}-deploy-{time}</c>.</summary>
public static class SnapshotPurpose
{
    /// <summary>A deployment of base or runtime.</summary>
    public const string Deployment = "deploy";

    /// <summary>The migration of a release.</summary>
    public const string Migration = "migrate";

    /// <summary>The start of the identifiers of an instance's snapshots, or a pattern of it.</summary>
    public static string Prefix(string instance, string purpose) => $"{instance}-{purpose}-";
}
