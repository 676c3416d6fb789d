using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary>
/// What <c>terraform init</c> was last run on in a stack folder, beside what it left there: backend, provider and lock file. As long as all of it is the
/// same, another run would only read the provider's 700 MB once more.
/// </summary>
/// <param name="folder">Stack folder.</param>
/// <param name="cliConfiguration">CLI configuration file, which says where providers come from.</param>
/// <param name="terraform">Version of Terraform.</param>
internal sealed class InitMark(string folder, string cliConfiguration, Version terraform)
{
    private string MarkFile => Path.Combine(folder, ".terraform", "infra-init");

    private string BackendFile => Path.Combine(folder, ".terraform", "terraform.tfstate");

    private string Providers => Path.Combine(folder, ".terraform", "providers");

    /// <summary>Whether what init left is there, and was made of what is there now.</summary>
    public bool IsCurrent() =>
        File.Exists(MarkFile) && File.Exists(BackendFile) && ProvidersAreThere() && File.ReadAllText(MarkFile) == Fingerprint();

    /// <summary>Notes that init went well.</summary>
    public void Set() => File.WriteAllText(MarkFile, Fingerprint());

    /// <summary>Init has to run, whatever comes of it.</summary>
    public void Clear()
    {
        if (Directory.Exists(Path.GetDirectoryName(MarkFile)))
            File.Delete(MarkFile);
    }

    // Registry, namespace, type, version, platform: the last is the provider or a link to it, which may dangle.
    private bool ProvidersAreThere() =>
        Directory.Exists(Providers) && Directory.GetFileSystemEntries(Providers, "*_*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 5 }) is { Length: > 0 } found
        && found.All(Directory.Exists);

    private string Fingerprint()
    {
        IEnumerable<string> settings = Directory.GetFiles(folder, "*.tf.json").Order(StringComparer.Ordinal)
            .Select(file => (JObject.Parse(File.ReadAllText(file))["terraform"] ?? new JObject()).ToString(Formatting.None));
        string lockFile = Path.Combine(folder, ProviderLock.FileInStack);
        string[] all =
        [
            .. settings, File.Exists(lockFile) ? File.ReadAllText(lockFile) : "", File.Exists(cliConfiguration) ? File.ReadAllText(cliConfiguration) : "", terraform.ToString(),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all))));
    }
}
