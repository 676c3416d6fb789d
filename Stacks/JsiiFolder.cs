namespace Infra.Stacks;

/// <summary>
/// Where jsii unpacks the packages of the Terraform CDK: it takes the temporary folder and leaves 3 MB behind on each run. Here it gets one of its own, which
/// is gone when the program ends.
/// </summary>
internal static class JsiiFolder
{
    private static readonly string[] Variables = OperatingSystem.IsWindows() ? ["TMP", "TEMP"] : ["TMPDIR"];

    private static readonly Lazy<string> Folder = new(Create);

    /// <summary>Does something with jsii. It asks for the folder when it meets a package for the first time, its kernel when it starts.</summary>
    public static void Use(Action action)
    {
        string?[] before = [.. Variables.Select(Environment.GetEnvironmentVariable)];
        foreach (string variable in Variables)
            Environment.SetEnvironmentVariable(variable, Folder.Value);
        try
        {
            action();
        }
        finally
        {
            // What is started later, Terraform for one, is not to lose its files with this program.
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
                // The kernel takes its own part away at the same moment, or still holds it on Windows.
            }
        };
        return folder;
    }
}
