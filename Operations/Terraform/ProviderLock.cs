using System.Text.RegularExpressions;
using Infra.Operations.Output;

namespace Infra.Operations.Terraform;

/// <summary>
/// The committed dependency lock file, the one place that pins the AWS provider and its hashes. Stack folders are made anew by each
/// synth, so it is copied into them.
/// </summary>
/// <param name="File">Absolute path.</param>
/// <param name="Source">Address without host: <c>hashicorp/aws</c>.</param>
/// <param name="Version">Pinned version: <c>5.100.0</c>.</param>
internal sealed partial record ProviderLock(string File, string Source, string Version)
{
    /// <summary>Name under which Terraform looks for it.</summary>
    public const string FileInStack = ".terraform.lock.hcl";

    /// <summary>The one of this checkout.</summary>
    public static ProviderLock Read(string root) => ReadFile(Path.Combine(root, "Stacks", "terraform.lock.hcl"));

    /// <summary>A lock file, wherever it lies.</summary>
    public static ProviderLock ReadFile(string file)
    {
        if (!System.IO.File.Exists(file))
            throw OperationException.BadInput($"{file} is missing", "restore it from version control");
        Match match = Pattern().Match(System.IO.File.ReadAllText(file));
        if (!match.Success)
            throw OperationException.BadInput($"{file} pins no provider", "restore it from version control");
        return new ProviderLock(file, match.Groups["source"].Value, match.Groups["version"].Value);
    }

    /// <summary>Puts a copy where Terraform looks for it.</summary>
    public void CopyInto(string stackFolder) => System.IO.File.Copy(File, Path.Combine(stackFolder, FileInStack), overwrite: true);

    [GeneratedRegex("""provider "registry\.terraform\.io/(?<source>[^"]+)" \{\s*version\s*=\s*"(?<version>[^"]+)\b""", RegexOptions.None)]
    private static partial Regex Pattern();
}
