using Infra.Operations.Output;
using Infra.Operations.Processes;

namespace Infra.Operations.Workspace;

/// <summary>The checkout that the program runs in, and the folders that it writes to.</summary>
/// <param name="Root">Absolute path of the folder with <c>cdktf.json</c>.</param>
/// <param name="WorkFolder">Absolute path of the folder for all generated files: git-ignored, safe to delete while nothing runs.</param>
internal sealed record Checkout(string Root, string WorkFolder)
{
    /// <summary>Variable with the root; the launcher sets it.</summary>
    public const string RootVariable = "INFRA_ROOT";

    /// <summary>
    /// Variable with another work folder, so that a test's deployments and emulator are separate from the user's. Default: <c>.infra</c>.
    /// </summary>
    public const string WorkFolderVariable = "INFRA_WORK_FOLDER";

    public string Logs => Path.Combine(WorkFolder, "logs");

    /// <summary>Local state of the bootstrap stack until it is migrated to the bucket that the stack creates.</summary>
    public string State => Path.Combine(WorkFolder, "state");

    public string Emulator => Path.Combine(WorkFolder, "emulator");

    /// <summary>Default output folder of <c>synth</c> and cdktf.</summary>
    public string DefaultOutDir => Path.Combine(Root, "cdktf.out");

    /// <summary>
    /// Output folder of plan, deploy and destroy: one for each project and environment, so that Terraform's data in the stack folders
    /// matches the backend and commands for two environments can run at the same time.
    /// </summary>
    public string DeploymentOutDir(string deployment) => Path.Combine(WorkFolder, "deploy", deployment);

    public string Plans(string deployment) => Path.Combine(WorkFolder, "plans", deployment);

    /// <summary>Finds the checkout from the launcher's variable, or upwards from the program.</summary>
    public static Checkout Find() => Find(EnvironmentVariables.OfThisProcess());

    /// <inheritdoc cref="Find()"/>
    public static Checkout Find(EnvironmentVariables variables)
    {
        string? root = variables[RootVariable] ?? Upwards(AppContext.BaseDirectory);
        if (root is null)
            throw OperationException.BadInput("cdktf.json was not found in a parent folder of the program", "run ./infra in a checkout");
        string work = variables[WorkFolderVariable] ?? Path.Combine(root, ".infra");
        return new Checkout(Path.GetFullPath(root), Path.GetFullPath(work));
    }

    /// <summary>A path for display: relative to the root if it is in it.</summary>
    public string Show(string path)
    {
        string relative = Path.GetRelativePath(Root, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }

    private static string? Upwards(string folder)
    {
        for (DirectoryInfo? at = new(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "cdktf.json")))
                return at.FullName;
        }

        return null;
    }
}
