namespace Infra.Contracts;

/// <summary>The SSM parameter that names the release in use: base creates it, releases write it, runtime reads it.</summary>
public static class ReleaseParameter
{
    /// <summary>Its value before the first release.</summary>
    public const string NothingReleased = "none";
}
