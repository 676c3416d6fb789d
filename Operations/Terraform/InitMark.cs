using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary>
/// Records the input of the last <c>terraform init</c> in a stack folder, next to its output: backend, provider and lock file. If none of
/// it has changed, init is skipped, because it would only read the provider's 700 MB again.
/// </summary>
/// <param name="folder">Stack folder.</param>
/// <param name="cliConfiguration">CLI configuration file, which configures provider installation.</param>
/// <param name="terraform">Version of Terraform.</param>
internal sealed class InitMark(string folder, string cliConfiguration, Version terraform)
{
    private string MarkFile => Path.Combine(folder, ".terraform", "infra-init");

    private string BackendFile => Path.Combine(folder, ".terraform", "terraform.tfstate");

    private string Providers => Path.Combine(folder, ".terraform", "providers");

    /// <summary>Whether the output of init exists and its input has not changed.</summary>
    public bool IsCurrent() =>
        File.Exists(MarkFile) && File.Exists(BackendFile) && ProvidersAreThere() && File.ReadAllText(MarkFile) == Fingerprint();

    /// <summary>Records that init succeeded.</summary>
    public void Set() => File.WriteAllText(MarkFile, Fingerprint());

    /// <summary>Removes the record before init runs.</summary>
    public void Clear()
    {
        if (Directory.Exists(Path.GetDirectoryName(MarkFile)))
            File.Delete(MarkFile);
    }

    // Registry, namespace, type, version, platform: the last is the provider or a link to it, which may be broken.
    private bool ProvidersAreThere() =>
        Directory.Exists(Providers) && Directory.GetFileSystemEntries(
            Providers, "*_*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 5 }) is { Length: > 0 } found
        && found.All(Directory.Exists);

    private string Fingerprint()
    {
        IEnumerable<string> settings = Directory.GetFiles(folder, "*.tf.json").Order(StringComparer.Ordinal)
            .Select(file => (JObject.Parse(File.ReadAllText(file))["terraform"] ?? new JObject()).ToString(Formatting.None));
        string lockFile = Path.Combine(folder, ProviderLock.FileInStack);
        string[] all =
        [
            .. settings, File.Exists(lockFile) ? File.ReadAllText(lockFile) : "",
            File.Exists(cliConfiguration) ? File.ReadAllText(cliConfiguration) : "", terraform.ToString(),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all))));
    }
}
