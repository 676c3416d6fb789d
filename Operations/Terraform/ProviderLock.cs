using System.Text.RegularExpressions;
using Infra.Operations.Output;

namespace Infra.Operations.Terraform;

/// <summary>
/// The committed dependency lock file, the only place that pins the AWS provider and its hashes. Each synth recreates the
/// stack folders, so it is copied into them.
/// </summary>
/// <param name="File">Absolute path.</param>
/// <param name="Source">Address without host: <c>hashicorp/aws</c>.</param>
/// <param name="Version">Pinned version: <c>5.100.0</c>.</param>
internal sealed partial record ProviderLock(string File, string Source, string Version)
{
    /// <summary>File name that Terraform uses.</summary>
    public const string FileInStack = ".terraform.lock.hcl";

    /// <summary>Reads the lock file of this checkout.</summary>
    public static ProviderLock Read(string root) => ReadFile(Path.Combine(root, "Stacks", "terraform.lock.hcl"));

    /// <summary>Reads a lock file.</summary>
    public static ProviderLock ReadFile(string file)
    {
        if (!System.IO.File.Exists(file))
            throw OperationException.BadInput($"{file} is missing", "restore it from version control");
        Match match = Pattern().Match(System.IO.File.ReadAllText(file));
        if (!match.Success)
            throw OperationException.BadInput($"{file} pins no provider", "restore it from version control");
        return new ProviderLock(file, match.Groups["source"].Value, match.Groups["version"].Value);
    }

    /// <summary>Copies it to a stack folder.</summary>
    public void CopyInto(string stackFolder) => System.IO.File.Copy(File, Path.Combine(stackFolder, FileInStack), overwrite: true);

    [GeneratedRegex("""provider "registry\.terraform\.io/(?<source>[^"]+)" \{\s*version\s*=\s*"(?<version>[^"]+)\b""", RegexOptions.None)]
    private static partial Regex Pattern();
}
