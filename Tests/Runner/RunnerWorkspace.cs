using Infra.Operations.Workspace;

namespace Infra.Tests.Runner;

/// <summary>The folder in which one job runs: a copy of the checkout.</summary>
internal static class RunnerWorkspace
{
    private static readonly string[] Left = [".git", ".infra", "node_modules", "cdktf.out", "Tests", "bin", "obj"];

    private static string Root => Checkout.Find().Root;

    /// <summary>Copies what <c>actions/checkout</c> would check out.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="application">Folder of an application that the repository has in <c>app</c>; null for this repository as it is.</param>
    public static void CheckOut(string folder, string? application)
    {
        Directory.CreateDirectory(folder);
        foreach (string entry in Directory.GetFileSystemEntries(Root).Where(entry => !Left.Contains(Path.GetFileName(entry))))
            Copy(entry, Path.Combine(folder, Path.GetFileName(entry)));
        if (application is not null)
            Copy(Path.Combine(Root, application), Path.Combine(folder, "app"));
        Directory.CreateDirectory(Path.Combine(folder, ".infra"));
        // As a cache of packages would: jobs do not download them again.
        string python = Path.Combine(Root, ".infra", "examples-python");
        if (Directory.Exists(python))
            Directory.CreateSymbolicLink(Path.Combine(folder, ".infra", "examples-python"), python);
    }

    /// <summary>Copies what <c>./infra</c> would build in a checkout.</summary>
    public static void AddBuild(string folder)
    {
        Copy(Path.Combine(Root, "bin"), Path.Combine(folder, "bin"));
        Directory.CreateSymbolicLink(Path.Combine(folder, "node_modules"), Path.Combine(Root, "node_modules"));
        Copy(Path.Combine(Root, ".infra", "build-stamp"), Path.Combine(folder, ".infra", "build-stamp"));
    }

    /// <summary>Adds Git's folder, with the repository's address and the commit, but without objects.</summary>
    public static void AddGit(string folder, string repository, string commit)
    {
        string git = Path.Combine(folder, ".git");
        foreach (string part in new[] { "objects", "refs" })
            Directory.CreateDirectory(Path.Combine(git, part));
        File.WriteAllText(Path.Combine(git, "HEAD"), $"{commit}\n");
        File.WriteAllText(Path.Combine(git, "config"), $"[remote \"origin\"]\n\turl = https://github.com/{repository}\n");
    }

    /// <summary>Makes the checkout a Git repository with submodules, each at the newest commit of its own repository.</summary>
    /// <param name="folder">Folder of the checkout.</param>
    /// <param name="submodules">Their repositories by folder.</param>
    public static void AddSubmodules(string folder, IReadOnlyDictionary<string, string> submodules)
    {
        Git(folder, "init", "--quiet");
        foreach ((string path, string repository) in submodules)
        {
            Directory.Delete(Path.Combine(folder, path), recursive: true);
            // Git fetches submodules from folders only if it is allowed to.
            Git(folder, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "--force", repository, path);
        }
    }

    private static void Git(string folder, params string[] arguments)
    {
        using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", ["-C", folder, .. arguments]))!;
        git.WaitForExit();
        if (git.ExitCode != 0)
            throw new InvalidOperationException($"git {string.Join(' ', arguments)}: exit code {git.ExitCode}");
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
        foreach (string entry in Directory.GetFileSystemEntries(from)
            .Where(entry => Path.GetFileName(entry) is not ("obj" or "__pycache__" or "node_modules")))
            Copy(entry, Path.Combine(to, Path.GetFileName(entry)));
    }
}
