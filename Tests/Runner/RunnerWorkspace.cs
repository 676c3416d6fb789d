using Infra.Operations.Workspace;

namespace Infra.Tests.Runner;

/// <summary>The folder in which one job runs: a copy of what a checkout has, built already.</summary>
internal static class RunnerWorkspace
{
    private static readonly string[] Left = [".git", ".infra", "node_modules", "cdktf.out", "Tests", "obj"];

    private static string Root => Checkout.Find().Root;

    /// <summary>What <c>actions/checkout</c> would leave in the folder, and what <c>./infra</c> would then build there.</summary>
    public static void CheckOut(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string entry in Directory.GetFileSystemEntries(Root).Where(entry => !Left.Contains(Path.GetFileName(entry))))
            Copy(entry, Path.Combine(folder, Path.GetFileName(entry)));
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(Root, "node_modules"));
        Directory.CreateDirectory(Path.Combine(folder, ".infra"));
        Copy(Path.Combine(Root, ".infra", "build-stamp"), Path.Combine(folder, ".infra", "build-stamp"));
    }

    /// <summary>With the times of change, by which the launcher knows that nothing has to be built.</summary>
    public static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Copy(from, to, overwrite: true);
            File.SetLastWriteTimeUtc(to, File.GetLastWriteTimeUtc(from));
            return;
        }

        Directory.CreateDirectory(to);
        foreach (string entry in Directory.GetFileSystemEntries(from).Where(entry => Path.GetFileName(entry) is not ("obj" or "__pycache__")))
            Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
    }
}
