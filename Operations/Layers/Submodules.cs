using Infra.Operations.Output;
using Infra.Operations.Processes;

namespace Infra.Operations.Layers;

/// <summary>Git submodules of a repository, with the commits that its index names.</summary>
internal static class Submodules
{
    // Mode of a submodule in Git's index: https://git-scm.com/docs/git-update-index
    private const string Mode = "160000";

    /// <summary>The submodules that contain or are in one of the folders.</summary>
    /// <param name="runner">Runs Git.</param>
    /// <param name="root">Root of the repository.</param>
    /// <param name="folders">Folders of it, with forward slashes.</param>
    /// <exception cref="OperationException">Another commit than the one that the repository names is checked out, or none.</exception>
    public static async Task<IReadOnlyList<Submodule>> OfAsync(ProcessRunner runner, string root, IReadOnlyList<string> folders)
    {
        if (!File.Exists(Path.Combine(root, ".gitmodules")))
            return [];
        ProcessResult index = await GitAsync(runner, root, "ls-files", "--stage", "-z");
        if (index.ExitCode != 0)
            throw OperationException.BadInput($"Git does not read the submodules of {root}: {index.Error.Trim()}");
        // 160000 5d6e7f8… 0<tab>frameworks/da_flask
        Submodule[] used =
        [
            .. index.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => line.StartsWith(Mode, StringComparison.Ordinal))
                .Select(line => new Submodule(line[(line.IndexOf('\t', StringComparison.Ordinal) + 1)..], line.Split(' ')[1]))
                .Where(each => folders.Any(folder => Contains(each.Path, folder) || Contains(folder, each.Path)))
                .OrderBy(each => each.Path, StringComparer.Ordinal),
        ];
        foreach (Submodule submodule in used)
        {
            string fix = $"git submodule update --init {submodule.Path}";
            string folder = Path.Combine(root, submodule.Path);
            // Without one, Git would answer for the repository around it.
            if (!Path.Exists(Path.Combine(folder, ".git")))
                throw OperationException.BadInput($"submodule {submodule.Path} is not checked out", fix);
            string commit = (await GitAsync(runner, folder, "rev-parse", "HEAD")).Output.Trim();
            if (commit != submodule.Commit)
                throw OperationException.BadInput(
                    $"submodule {submodule.Path} is checked out at {Short(commit)}, but the repository names {submodule.ShortCommit}",
                    $"{fix}; or git add {submodule.Path}, to use the commit that is checked out");
        }

        return used;
    }

    private static bool Contains(string folder, string other) =>
        folder == other || other.StartsWith($"{folder}/", StringComparison.Ordinal);

    private static string Short(string commit) => commit.Length > 7 ? commit[..7] : "no commit";

    private static Task<ProcessResult> GitAsync(ProcessRunner runner, string folder, params string[] arguments) =>
        runner.RunAsync(new ProcessRequest("git", ["-C", folder, .. arguments]));
}

/// <summary>A submodule.</summary>
/// <param name="Path">Its folder in the repository.</param>
/// <param name="Commit">Commit that the repository names.</param>
internal sealed record Submodule(string Path, string Commit)
{
    public string ShortCommit => Commit[..7];
}
