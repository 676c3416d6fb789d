using Infra.Operations.Workspace;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>Decision records have one format and consecutive numbers, and include those that the reference systems require.</summary>
[Property("Row", "H9")]
internal sealed class DecisionTests
{
    private static IEnumerable<string> Files =>
        Directory.GetFiles(Path.Combine(Checkout.Find().Root, "docs", "decisions")).Select(Path.GetFileName).Order(StringComparer.Ordinal)!;

    [TestCaseSource(nameof(Files))]
    public void Decision_HasReasonsAndConsequences(string file)
    {
        string text = File.ReadAllText(Path.Combine(Checkout.Find().Root, "docs", "decisions", file));
        Assert.That(
            text, Does.StartWith($"# {int.Parse(file[..4], null)}. ").And.Contain("\nAccepted, ").And.Contain("\n## Context\n").And.Contain(
                "\n## Decision\n").And.Contain("\n## Consequences\n"));
    }

    [Test]
    public void Numbers_HaveNoGaps_AndNoDuplicates() =>
        Assert.That(Files.Select(file => int.Parse(file[..4], null)), Is.EqualTo(Enumerable.Range(1, Files.Count())));

    [TestCase("state-and-locks")]
    [TestCase("addresses-and-names")]
    [TestCase("discovery")]
    [TestCase("image-names-and-tags"), Property("Row", "H3")]
    [TestCase("accounts")]
    [TestCase("monitoring")]
    [TestCase("more-environments")]
    [TestCase("recovery")]
    [TestCase("rolling-deployments"), Property("Row", "D-L6")]
    public void Decision_IsRecorded(string subject) => Assert.That(Files.Select(file => file[5..]), Does.Contain($"{subject}.md"));
}
