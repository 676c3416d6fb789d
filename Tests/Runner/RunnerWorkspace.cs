using Infra.Operations.Workspace;

namespace Infra.Tests.Runner;

/// <summary>The folder in which one job runs: a copy of the checkout, with its build.</summary>
internal static class RunnerWorkspace
{
    private static readonly string[] Left = [".git", ".infra", "node_modules", "cdktf.out", "Tests", "obj"];

    private static string Root => Checkout.Find().Root;

    /// <summary>Copies what <c>actions/checkout</c> would check out, and what <c>./infra</c> would then build there.</summary>
    public static void CheckOut(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (string entry in Directory.GetFileSystemEntries(Root).Where(entry => !Left.Contains(Path.GetFileName(entry))))
            Copy(entry, Path.Combine(folder, Path.GetFileName(entry)));
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(Root, "node_modules"));
        Directory.CreateDirectory(Path.Combine(folder, ".infra"));
        Copy(Path.Combine(Root, ".infra", "build-stamp"), Path.Combine(folder, ".infra", "build-stamp"));
        // As a cache of packages would: jobs do not download them again.
        string python = Path.Combine(Root, ".infra", "examples-python");
        if (Directory.Exists(python))
            Directory.CreateSymbolicLink(Path.Combine(folder, ".infra", "examples-python"), python);
    }

    /// <summary>Copies a folder with modification times, from which the launcher sees that the build is up to date.</summary>
    public static void Copy(string from, string to)
    {
        if (File.Exists(from))
        {
            File.Copy(from, to, overwrite: true);
            File.SetLastWriteTimeUtc(to, File.GetLastWriteTimeUtc(from));
            return;
        }

        Directory.CreateDirectory(to);
        foreach (
            string entry in Directory.GetFileSystemEntries(from).Where(entry => Path.GetFileName(entry) is not ("obj" or "__pycache__")))
            Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
    }
}
