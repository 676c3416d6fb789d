using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Tooling;

/// <summary>
/// The launcher's list of source folders is the only one, and complete: a change in a folder that it lacks would not be built.
/// </summary>
[TestFixture]
internal sealed class SourceFoldersTests
{
    // Built by other projects than the program.
    private static readonly string[] Others = ["Tests", "examples"];

    // Without C# in this repository: the bindings are generated, extensions are a team's.
    private static readonly string[] Empty = ["bindings", "Extensions"];

    private static string Root => Checkout.Find().Root;

    [Test, Property("Finding", "C9")]
    public void Launcher_KnowsEveryFolderOfTheProgram() => Assert.That(
        Sources.All(".cs").Select(file => Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar))
            .Where(path => path.Length > 1 && !Others.Contains(path[0])).Select(path => path[0]).Concat(Empty).Distinct(),
        Is.EquivalentTo(Sources.Folders));

    [Test, Property("Finding", "C9")]
    public void Launcher_KnowsTheFilesThatDecideABuild()
    {
        string[] known = File.ReadAllLines(Path.Combine(Root, "infra"))
            .Single(line => line.StartsWith("files=(", StringComparison.Ordinal))["files=(".Length..].TrimEnd(')').Split(' ');
        string[] patterns =
            ["*.cs", "*.csproj", "Directory.Build.*", "Directory.Packages.props", "global.json", "nuget.config", ".editorconfig"];

        Assert.That(
            patterns.SelectMany(pattern => Directory.GetFiles(Root, pattern)).Select(Path.GetFileName),
            Is.EquivalentTo(known));
    }
}
