using Infra.Operations.Output;
using Infra.Operations.Processes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary>One synthesized stack on disk, ready for Terraform.</summary>
/// <param name="Name">Stack: <c>base</c>.</param>
/// <param name="Path">Absolute path of its folder.</param>
internal sealed record StackFolder(string Name, string Path)
{
    private const string OverrideFile = "backend_override.tf.json";

    private const string PlaceholderFile = "placeholders.auto.tfvars.json";

    // The last one differs for the emulator of another work folder.
    private static readonly string[] BackendIdentity = ["bucket", "key", "profile", "shared_config_files"];

    /// <summary>The stack as synthesized.</summary>
    public JObject Json { get; } = JObject.Parse(File.ReadAllText(System.IO.Path.Combine(Path, "cdk.tf.json")));

    /// <summary>Key of its state in the state bucket.</summary>
    public string StateKey => (string?)Json.SelectToken("terraform.backend.s3.key")
        ?? throw OperationException.Failed($"stack {Name} has no S3 backend");

    /// <summary>Opens a stack of an output folder.</summary>
    public static StackFolder Open(string outDir, string stack)
    {
        string folder = System.IO.Path.Combine(outDir, "stacks", stack);
        string[] known = Directory.Exists(System.IO.Path.Combine(outDir, "stacks")) ? Names(outDir) : [];
        return known.Contains(stack, StringComparer.Ordinal)
            ? new StackFolder(stack, folder)
            : throw OperationException.BadInput($"there is no stack {stack}", $"available: {string.Join(", ", known)}");
    }

    /// <summary>Stacks of an output folder.</summary>
    public static string[] Names(string outDir) => Directory.GetDirectories(System.IO.Path.Combine(outDir, "stacks"))
        .Where(folder => File.Exists(System.IO.Path.Combine(folder, "cdk.tf.json")))
        .Select(folder => System.IO.Path.GetFileName(folder)!).Order(StringComparer.Ordinal).ToArray();

    /// <summary>
    /// Completes the folder after a synth: adds the lock file, and the mirror where Terraform finds it automatically (also if cdktf is run
    /// manually), and deletes the backend configuration of another environment, with which cdktf would fail.
    /// </summary>
    public void Complete(ProviderLock provider, string? mirror)
    {
        provider.CopyInto(Path);
        string plugins = System.IO.Path.Combine(Path, "terraform.d", "plugins");
        if (mirror is not null && !Directory.Exists(plugins))
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(plugins)!);
            // Exists is false for a broken link to an earlier mirror, but the link still has to be deleted.
            File.Delete(plugins);
            Directory.CreateSymbolicLink(plugins, mirror);
        }

        ForgetOtherBackend();
    }

    /// <summary>
    /// Sets every unset variable to a placeholder, because the emulator accepts any value. It is written to a file, so that it also works
    /// for Terraform and cdktf that are run manually.
    /// </summary>
    public void AddPlaceholders(EnvironmentVariables environment) => File.WriteAllText(
        System.IO.Path.Combine(Path, PlaceholderFile),
        new JObject(RequiredVariables.Unset(Json, environment)
            .Select(variable => new JProperty(variable.Name, $"placeholder-{variable.Name}"))).ToString(Formatting.Indented));

    /// <summary>Deletes the placeholders: an account gets real values or none.</summary>
    public void RemovePlaceholders() => File.Delete(System.IO.Path.Combine(Path, PlaceholderFile));

    /// <summary>Keeps the state in a local file, until <see cref="UseOwnBackend"/>.</summary>
    public void UseLocalBackend(string stateFile)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(stateFile)!);
        var backend =
            new JObject { ["terraform"] = new JObject { ["backend"] = new JObject { ["local"] = new JObject { ["path"] = stateFile } } } };
        File.WriteAllText(System.IO.Path.Combine(Path, OverrideFile), backend.ToString(Formatting.Indented));
    }

    /// <summary>Uses the synthesized backend again.</summary>
    public void UseOwnBackend() => File.Delete(System.IO.Path.Combine(Path, OverrideFile));

    private void ForgetOtherBackend()
    {
        string file = System.IO.Path.Combine(Path, ".terraform", "terraform.tfstate");
        if (!File.Exists(file))
            return;
        JObject used = JObject.Parse(File.ReadAllText(file));
        bool same = (string?)used.SelectToken("backend.type") == "s3"
            && BackendIdentity.All(
                name => Text(used.SelectToken($"backend.config.{name}")) == Text(Json.SelectToken($"terraform.backend.s3.{name}")));
        if (!same)
            File.Delete(file);
    }

    private static string Text(JToken? value) => value is null or { Type: JTokenType.Null } ? "" : value.ToString(Formatting.None);
}
