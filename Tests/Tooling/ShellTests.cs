using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Tooling;

/// <summary>Every shell script of the repository is clean under shellcheck.</summary>
[TestFixture]
internal sealed class ShellTests
{
    private static readonly string[] Rooms = [".ci", ".github", "Constructs", "Operations", "bindings", "emulator", "examples"];

    private static string Root => Checkout.Find().Root;

    private static IEnumerable<string> Files =>
        Directory.GetFiles(Root)
            .Concat(Rooms.Select(room => Path.Combine(Root, room)).Where(Directory.Exists)
                .SelectMany(room => Directory.GetFiles(room, "*", SearchOption.AllDirectories)))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" or "__pycache__"));

    [Test]
    public void EveryScript_IsCleanUnderShellcheck()
    {
        (string Name, string Text)[] scripts = [.. Files.Where(IsShell).Order(StringComparer.Ordinal)
            .Select(file => (Path.GetRelativePath(Root, file), File.ReadAllText(file)))];
        Assert.That(scripts.Select(script => script.Name), Does.Contain("infra").And.Contain("emulator/run"), "scripts were found");

        Assert.That(Lint.Scripts(scripts), Is.Empty);
    }

    [Test]
    public void Lint_FindsViolations() => Assert.Multiple(() =>
    {
        Assert.That(Lint.Scripts([("bad", "#!/bin/bash\nword=$1\necho $word\n")]),
            Is.EqualTo(new[] { "bad:3:6: SC2086 Double quote to prevent globbing and word splitting." }));
        Assert.That(
            Lint.Workflows(
                [(".github/workflows/bad.yml",
                    "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ github.event.issue.title }}\n")]),
            Has.Exactly(1).Contains("potentially untrusted"));
    });

    private static bool IsShell(string file)
    {
        using var reader = new StreamReader(file);
        return reader.ReadLine() is { } first
            && first.StartsWith("#!", StringComparison.Ordinal)
            && first.Contains("sh", StringComparison.Ordinal)
            && !first.Contains("python", StringComparison.Ordinal);
    }
}
