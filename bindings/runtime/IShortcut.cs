namespace Infra.Bindings;

/// <summary>A patch of jsii's .NET runtime that avoids work whose result is known.</summary>
internal interface IShortcut
{
    /// <summary>Description of the patch, for the build output.</summary>
    string Words { get; }

    /// <summary>Method that it patches, for the build output.</summary>
    string Method { get; }

    /// <summary>
    /// SHA-256 of the reviewed code, by package version, as computed by <see cref="Shape"/>. Add a version only after its code was
    /// reviewed, never only because of the build's message.
    /// </summary>
    IReadOnlyDictionary<string, string> KnownShapes { get; }

    /// <summary>Shape of the current code; null if the method does not exist.</summary>
    string? FindShape();

    /// <summary>Patches the code. Called only for known shapes.</summary>
    void Apply();
}
