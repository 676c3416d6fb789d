namespace Infra.Bindings;

/// <summary>A change to jsii's .NET runtime that spares work whose result is known.</summary>
internal interface IShortcut
{
    /// <summary>What it does, for the line that the build prints.</summary>
    string Words { get; }

    /// <summary>Method it changes, for the line that the build prints.</summary>
    string Method { get; }

    /// <summary>
    /// SHA-256 of the code that was read, by package version, as <see cref="Shape"/> makes it. A version is added after its code was read,
    /// never from the build's message alone.
    /// </summary>
    IReadOnlyDictionary<string, string> KnownShapes { get; }

    /// <summary>Shape of the code that is there; null where there is no such method.</summary>
    string? FindShape();

    /// <summary>Changes the code. Called for known shapes only.</summary>
    void Apply();
}
