using Infra.Configuration.Derived;
using Infra.Configuration.Model;

namespace Infra.Operations.Delivery;

/// <summary>An image of a delivery: built from a context, or already in the registry.</summary>
/// <param name="Repository">Repository: a name in repositories of the environment file, or of an application.</param>
/// <param name="Applications">Services and agents that run it.</param>
internal sealed record DeliveredImage(string Repository, IReadOnlyList<Application> Applications)
{
    /// <summary>Folder to build it from; null if it is already in the registry.</summary>
    public string? Context { get; init; }

    /// <summary>Dockerfile, relative to the build context.</summary>
    public string Dockerfile { get; init; } = "Dockerfile";

    /// <summary>Digest of the image; null if it has to be built.</summary>
    public string? Digest { get; init; }

    /// <summary>Platform to build it for.</summary>
    public string Platform => Applications[0].Architecture == CpuArchitecture.Arm64 ? "linux/arm64" : "linux/amd64";
}
