using Infra.Operations.Output;

namespace Infra.Operations.Workspace;

/// <summary>The checkout that the program runs in, and where it keeps what it makes.</summary>
/// <param name="Root">Absolute path of the folder that holds <c>cdktf.json</c>.</param>
/// <param name="WorkFolder">Absolute path of everything made: git-ignored, safe to delete while nothing runs.</param>
internal sealed record Checkout(string Root, string WorkFolder)
{
    /// <summary>Variable that names the root; the launcher sets it.</summary>
    public const string RootVariable = "INFRA_ROOT";

    /// <summary>Variable that moves the work folder, so that a test's deployments and emulator stay apart from the user's. Default: <c>.infra</c>.</summary>
    public const string WorkFolderVariable = "INFRA_WORK_FOLDER";

    public string Logs => Path.Combine(WorkFolder, "logs");

    /// <summary>Local state of the bootstrap stack until it is moved into the bucket it makes.</summary>
    public string State => Path.Combine(WorkFolder, "state");

    public string Emulator => Path.Combine(WorkFolder, "emulator");

    /// <summary>What <c>synth</c> and cdktf write to when nothing else is asked for.</summary>
    public string DefaultOutDir => Path.Combine(Root, "cdktf.out");

    /// <summary>
    /// What plan, deploy and destroy write to: a folder for each target, so that Terraform's own data in the stack folders fits
    /// the backend and two environments can be at work at once.
    /// </summary>
    public string DeploymentOutDir(string target) => Path.Combine(WorkFolder, "deploy", target);

    public string Plans(string target) => Path.Combine(WorkFolder, "plans", target);

    /// <summary>Finds the checkout from the launcher's variable, or upwards from the program.</summary>
    public static Checkout Find()
    {
        string? root = NotEmpty(Environment.GetEnvironmentVariable(RootVariable)) ?? Upwards(AppContext.BaseDirectory);
        if (root is null)
            throw OperationException.BadInput("cdktf.json was not found above the program", "start it as ./infra from a checkout");
        string work = NotEmpty(Environment.GetEnvironmentVariable(WorkFolderVariable)) ?? Path.Combine(root, ".infra");
        return new Checkout(Path.GetFullPath(root), Path.GetFullPath(work));
    }

    /// <summary>A path as a user would type it: relative to the root where it lies below it.</summary>
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

    private static string? NotEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
