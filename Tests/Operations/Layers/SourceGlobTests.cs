using Infra.Operations.Layers;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Layers;

internal sealed class SourceGlobTests
{
    private static readonly string[] Files =
        ["layers/flask/a.py", "layers/flask/deep/er/b.py", "layers/flask/notes.txt", "layers/flask/__pycache__/a.cpython-312.pyc",
            "layers/other/c.py", "README.md"];

    [TestCase("layers/flask/**", "layers/flask/a.py layers/flask/deep/er/b.py layers/flask/notes.txt")]
    [TestCase("layers/flask/*.py", "layers/flask/a.py")]
    [TestCase("layers/flask/**/*.py", "layers/flask/a.py layers/flask/deep/er/b.py")]
    [TestCase("**/?.py", "layers/flask/a.py layers/flask/deep/er/b.py layers/other/c.py")]
    [TestCase("layers/*/c.py", "layers/other/c.py")]
    [TestCase("README.md", "README.md")]
    [TestCase("readme.md", "")]
    [TestCase("layers/flask/a.p", "")]
    [TestCase("nowhere/**", "")]
    public void Find_GivesTheFilesOfAPattern_WithoutWhatToolsLeaveBehind(string pattern, string expected)
    {
        using var folder = new TemporaryFolder();
        foreach (string file in Files)
            folder.Write(file, "x");

        Assert.That(SourceGlob.Find(folder.Path, pattern), Is.EqualTo(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Test]
    public void Find_DoesNotFollowLinks()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        elsewhere.Write("secret.py", "x");
        folder.Write("layers/a.py", "x");
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "layers", "link"), elsewhere.Path);

        Assert.That(SourceGlob.Find(folder.Path, "layers/**"), Is.EqualTo(new[] { "layers/a.py" }));
    }
}
