using Infra.Operations.Workspace;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>The code in docs/extending.md is in the sources.</summary>
[Property("Row", "H11")]
internal sealed class ExtendingTests
{
    private static IEnumerable<FencedBlock> Blocks => MarkdownPages.Blocks("docs/extending.md").Where(block => block.Info == "csharp");

    [TestCaseSource(nameof(Blocks))]
    public void Code_IsInTheSource(FencedBlock block)
    {
        Assert.That(block.Lines[0], Does.StartWith("// "), "the first line names the file");
        string file = Path.Combine(Checkout.Find().Root, block.Lines[0][3..]);

        Assert.That(File.ReadAllText(file).ReplaceLineEndings("\n"), Does.Contain(string.Join('\n', block.Lines.Skip(1))));
    }

    [Test]
    public void Page_HasCode() => Assert.That(Blocks.Count(), Is.GreaterThanOrEqualTo(8));
}
