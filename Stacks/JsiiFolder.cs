namespace Infra.Stacks;

/// <summary>
/// Temporary folder in which jsii unpacks the packages of the Terraform CDK. By default it leaves 3 MB behind on each run; here it gets its
/// own folder, which is deleted when the program ends.
/// </summary>
internal static class JsiiFolder
{
    private static readonly string[] Variables = OperatingSystem.IsWindows() ? ["TMP", "TEMP"] : ["TMPDIR"];

    private static readonly Lazy<string> Folder = new(Create);

    private static bool s_loaded;

    /// <summary>
    /// Runs an action that uses jsii. jsii reads the variables when it loads a package for the first time, its kernel when it starts; both
    /// happen in the first synthesis.
    /// </summary>
    public static void Use(Action action)
    {
        if (s_loaded)
        {
            action();
            return;
        }

        string?[] before = [.. Variables.Select(Environment.GetEnvironmentVariable)];
        foreach (string variable in Variables)
            Environment.SetEnvironmentVariable(variable, Folder.Value);
        try
        {
            action();
            s_loaded = true;
        }
        finally
        {
            // Processes that are started later, such as Terraform, must not lose their files when this program ends.
            foreach ((string variable, string? value) in Variables.Zip(before))
                Environment.SetEnvironmentVariable(variable, value);
        }
    }

    private static string Create()
    {
        string folder = Directory.CreateTempSubdirectory("infra-jsii-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            try
            {
                Directory.Delete(folder, recursive: true);
            }
            catch (IOException)
            {
                // The kernel may be deleting its own files at the same time; on Windows it may still hold them.
            }
        };
        return folder;
    }
}
