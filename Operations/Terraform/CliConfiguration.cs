using System.Text.RegularExpressions;

namespace Infra.Operations.Terraform;

/// <summary>Writes Terraform's CLI configuration: provider installation, and no version checks.</summary>
internal static partial class CliConfiguration
{
    public const string Variable = "TF_CLI_CONFIG_FILE";

    /// <summary>
    /// The file that Terraform uses: the user's own if it configures provider installation, otherwise one that is written to the work
    /// folder.
    /// </summary>
    /// <param name="workFolder">Where to write.</param>
    /// <param name="users">Value of the user's <see cref="Variable"/>.</param>
    /// <param name="mirror">Mirror with the provider; null means that it is downloaded once and cached.</param>
    /// <param name="source">Provider in the mirror.</param>
    public static string Choose(string workFolder, string? users, string? mirror, string source)
    {
        if (!string.IsNullOrEmpty(users) && File.Exists(users) && Installation().IsMatch(File.ReadAllText(users)))
            return Path.GetFullPath(users);
        string cache = Path.Combine(workFolder, "terraform-plugins");
        if (mirror is null)
            Directory.CreateDirectory(cache);
        string file = Path.Combine(workFolder, "terraform.rc");
        string text = Text(mirror, cache, source);
        // Unchanged files are not rewritten, because another process may be reading the file.
        if (!File.Exists(file) || File.ReadAllText(file) != text)
        {
            Directory.CreateDirectory(workFolder);
            string temporary = $"{file}.{Environment.ProcessId}";
            File.WriteAllText(temporary, text);
            File.Move(temporary, file, overwrite: true);
        }

        return file;
    }

    internal static string Text(string? mirror, string cache, string source)
    {
        string installation = mirror is null
            ? $"plugin_cache_dir = \"{Escape(cache)}\"\n"
            : $$"""
               provider_installation {
                 filesystem_mirror {
                   path    = "{{Escape(mirror)}}"
                   include = ["registry.terraform.io/{{source}}"]
                 }
                 direct {
                   exclude = ["registry.terraform.io/{{source}}"]
                 }
               }

               """;
        return "disable_checkpoint = true\n" + installation;
    }

    private static string Escape(string path) =>
        path.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    [GeneratedRegex(@"^\s*provider_installation\s*\{", RegexOptions.Multiline)]
    private static partial Regex Installation();
}
