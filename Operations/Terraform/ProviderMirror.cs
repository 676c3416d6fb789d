using System.Runtime.InteropServices;
using Infra.Operations.Output;

namespace Infra.Operations.Terraform;

/// <summary>
/// Finds a folder that already contains the provider, with the layout of <c>terraform providers mirror</c>. With it, nothing is downloaded:
/// the provider has about 150 MB, and not every machine can access the registry.
/// </summary>
internal static class ProviderMirror
{
    /// <summary>Variable with the path of a mirror: the folder that contains <c>registry.terraform.io</c>.</summary>
    public const string Variable = "INFRA_PROVIDER_MIRROR";

    private const string Host = "registry.terraform.io";

    // Deep enough for /usr/share/terraform/plugins, but limited so that searching a large /opt takes only a few milliseconds.
    private const int Depth = 4;

    /// <summary>Usual locations of mirrors: Terraform's implied mirror directories first.</summary>
    public static IReadOnlyList<string> UsualRoots(string home) =>
    [
        // Not all of .terraform.d: a plugin cache in it has the same layout, but is managed by Terraform.
        Path.Combine(home, ".terraform.d", "plugins"),
        Path.Combine(home, ".local", "share", "terraform"),
        Path.Combine(home, "Library", "Application Support", "io.terraform"),
        "/usr/local/share/terraform",
        "/usr/share/terraform",
        "/opt",
        "/usr/local/share",
        "/usr/share",
    ];

    /// <summary>The first mirror that contains the pinned provider for this platform; null if there is none.</summary>
    /// <param name="provider">Provider that it must contain.</param>
    /// <param name="named">Value of <see cref="Variable"/>; takes precedence, and must contain the provider.</param>
    /// <param name="roots">Folders to search.</param>
    /// <exception cref="OperationException"><paramref name="named"/> does not contain the provider.</exception>
    public static string? Find(ProviderLock provider, string? named, IEnumerable<string> roots)
    {
        if (!string.IsNullOrEmpty(named))
        {
            return Holds(named, provider)
                ? Path.GetFullPath(named)
                : throw OperationException.BadInput(
                    $"{Variable}={named} does not contain {provider.Source} {provider.Version} for {Platform}",
                    $"fill it: terraform providers mirror -platform={Platform} {named}\nor unset {Variable}: then Terraform downloads "
                        + "the provider");
        }

        return roots.Where(Directory.Exists).Select(root => Search(root, provider, Depth)).FirstOrDefault(found => found is not null);
    }

    /// <summary>Platform of this machine, in Terraform's format: <c>linux_amd64</c>.</summary>
    public static string Platform { get; } =
        (OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : "linux") + "_"
            + RuntimeInformation.OSArchitecture switch
            {
                Architecture.X64 => "amd64",
                Architecture.Arm64 => "arm64",
                Architecture.X86 => "386",
                _ => "arm",
            };

    /// <summary>Whether a folder is a mirror with this provider, unpacked or zipped.</summary>
    public static bool Holds(string mirror, ProviderLock provider)
    {
        string folder = Path.Combine([mirror, Host, .. provider.Source.Split('/')]);
        string type = provider.Source.Split('/')[^1];
        string unpacked = Path.Combine(folder, provider.Version, Platform);
        return (Directory.Exists(unpacked) && Directory.EnumerateFiles(unpacked, $"terraform-provider-{type}_*").Any())
            || File.Exists(Path.Combine(folder, $"terraform-provider-{type}_{provider.Version}_{Platform}.zip"));
    }

    private static string? Search(string folder, ProviderLock provider, int depth)
    {
        if (Holds(folder, provider))
            return folder;
        if (depth == 0)
            return null;
        try
        {
            return Directory.EnumerateDirectories(folder)
                .Where(child => new DirectoryInfo(child).LinkTarget is null)
                .Order(StringComparer.Ordinal)
                .Select(child => Search(child, provider, depth - 1))
                .FirstOrDefault(found => found is not null);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            return null;
        }
    }
}
