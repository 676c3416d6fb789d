using Infra.Operations.Processes;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Layers;

/// <summary>A Git repository with one submodule, both in a temporary folder.</summary>
internal sealed class SubmoduleRepository : IDisposable
{
    private readonly TemporaryFolder _origin = new();
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    private SubmoduleRepository(string path) => _path = path;

    /// <summary>Root of the repository that has the submodule.</summary>
    public string Root => _folder.Path;

    /// <summary>Repository that the submodule is fetched from.</summary>
    public string Origin => _origin.Path;

    private string Submodule => Path.Combine(Root, _path);

    /// <param name="path">Folder of the submodule in the repository.</param>
    /// <param name="write">Writes the content of the submodule.</param>
    public static async Task<SubmoduleRepository> CreateAsync(string path, Action<TemporaryFolder> write)
    {
        var repository = new SubmoduleRepository(path);
        write(repository._origin);
        await GitAsync(repository._origin.Path, "init", "--quiet", "--initial-branch=main");
        await CommitAllAsync(repository._origin.Path);
        await GitAsync(repository.Root, "init", "--quiet", "--initial-branch=main");
        // Git fetches submodules from folders only if it is allowed to.
        await GitAsync(
            repository.Root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", repository._origin.Path, path);
        await CommitAllAsync(repository.Root);
        return repository;
    }

    /// <summary>Commit that the repository names for the submodule.</summary>
    public async Task<string> CommitAsync() => (await GitAsync(Root, "rev-parse", $"HEAD:{_path}")).Trim();

    /// <summary>Commits a change of the framework, and moves the submodule to it.</summary>
    public async Task MoveAsync(Action<TemporaryFolder> change)
    {
        change(_origin);
        await CommitAllAsync(_origin.Path);
        await GitAsync(Root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "update", "--remote", _path);
        await CommitAllAsync(Root);
    }

    /// <summary>Checks out another commit in the submodule, without a change of the repository.</summary>
    public Task CheckOutAsync(string commit) => GitAsync(Submodule, "checkout", "--quiet", commit);

    public void Dispose()
    {
        _origin.Dispose();
        _folder.Dispose();
    }

    private static async Task CommitAllAsync(string folder)
    {
        await GitAsync(folder, "add", "--all");
        await GitAsync(
            folder, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false", "commit", "--quiet",
            "--message", "Change");
    }

    private static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        (int exitCode, string output) = await Tool.RunAsync(new ProcessRequest("git", ["-C", folder, .. arguments]));
        Assert.That(exitCode, Is.Zero, $"git {string.Join(' ', arguments)}\n{output}");
        return output;
    }
}
