using Infra.Operations.Workspace;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>Decisions that the reference systems ask for are written down, each with why and with what follows.</summary>
internal sealed class DecisionTests
{
    private static string Folder => Path.Combine(Checkout.Find().Root, "docs", "decisions");

    [TestCase("0002-state-and-locks.md")]
    [TestCase("0004-addresses-and-names.md")]
    [TestCase("0020-discovery.md")]
    [TestCase("0021-image-names-and-tags.md")]
    [TestCase("0022-accounts.md")]
    [TestCase("0023-monitoring.md")]
    [TestCase("0024-more-environments.md")]
    [Property("Row", "H9"), Property("Row", "H3")]
    public void Decision_IsRecorded_WithWhyAndWhatFollows(string file)
    {
        string path = Path.Combine(Folder, file);
        Assert.That(path, Does.Exist);
        Assert.That(File.ReadAllText(path), Does.Match(@"\A# \d+\. ").And.Contain("\n## Context\n").And.Contain("\n## Decision\n").And.Contain("\n## Consequences\n"));
    }
}
