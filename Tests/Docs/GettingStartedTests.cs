using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>docs/getting-started.md lists what must exist before the first deployment, with how to check it.</summary>
[Property("Row", "T-L5")]
internal sealed class GettingStartedTests
{
    private static readonly string Prerequisites = MarkdownPages.Read("docs/getting-started.md")
        .Split("\n## 6. What must exist before the first deployment\n")[1].Split("\n## ")[0];

    [TestCase("bootstrap")]
    [TestCase("DNS records of the domain")]
    [TestCase("values of secrets")]
    [TestCase("Google's client")]
    [TestCase("access to Bedrock models")]
    public void Prerequisite_IsListed_WithACheck(string what) =>
        Assert.That(Prerequisites, Does.Match($@"(?m)^\| {what} \| [^|]+ \| [^|]+ \|$"));

    [Test]
    public void Bedrock_HasItsConsoleStep() =>
        Assert.That(Prerequisites, Does.Contain("Amazon Bedrock console → *Model catalog* → the model → *Open in\nplayground*"));
}
