using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>Markdown is well-formed, and the files and headings that its links name exist: .markdownlint-cli2.jsonc.</summary>
internal sealed class MarkdownTests
{
    private static string Root => Checkout.Find().Root;

    [Test]
    public async Task EveryPage_IsCleanUnderMarkdownlint()
    {
        (int exitCode, string output) = await CheckAsync(Root);

        Assert.That(output, Does.Match("Linting: [3-9][0-9] file"));
        Assert.That(exitCode, Is.Zero, output);
    }

    [TestCase("[a page](missing.md)", "relative-links")]
    [TestCase("[a heading](page.md#missing)", "relative-links")]
    [TestCase("<h1>", "MD033")]
    public async Task Check_FindsViolations(string text, string rule)
    {
        using var folder = new TemporaryFolder();
        folder.Write("page.md", $"# Title\n\n{text}\n");
        File.Copy(Path.Combine(Root, ".markdownlint-cli2.jsonc"), Path.Combine(folder.Path, ".markdownlint-cli2.jsonc"));
        Directory.CreateSymbolicLink(Path.Combine(folder.Path, "node_modules"), Path.Combine(Root, "node_modules"));

        (int exitCode, string output) = await CheckAsync(folder.Path);

        Assert.That(exitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain(rule));
    }

    private static Task<(int ExitCode, string Output)> CheckAsync(string folder) => Tool.RunAsync(
        new ProcessRequest("node", Path.Combine(Root, "node_modules", "markdownlint-cli2", "markdownlint-cli2-bin.mjs"))
        {
            WorkingDirectory = folder,
        });
}
