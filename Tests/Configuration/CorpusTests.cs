using Infra.Configuration;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Configuration;

/// <summary>Invalid files, each with its exact findings: <c>Corpus/{case}.json</c> and <c>Corpus/{case}.findings</c>.</summary>
[TestFixture]
public class CorpusTests
{
    private static readonly string Corpus = Path.Combine(Checkout.Find().Root, "Tests", "Configuration", "Corpus");

    public static IEnumerable<string> Cases =>
        Directory.EnumerateFiles(Corpus, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Cases))]
    [Property("Row", "X3")]
    public void Load_AnInvalidFile_ReturnsItsFindings(string name)
    {
        using var folder = new TestFolder();
        folder.Write("bad.json", File.ReadAllText(Path.Combine(Corpus, $"{name}.json")));
        foreach (string shared in Directory.EnumerateFiles(Path.Combine(Corpus, "shared")))
            folder.Write($"shared/{Path.GetFileName(shared)}", File.ReadAllText(shared));

        LoadResult result = EnvironmentFile.Load("bad.json", folder.Root);

        Assert.That(result.Environment, Is.Null);
        Assert.That(result.Findings, Is.Not.Empty);
        Approval.Verify(Path.Combine(Corpus, $"{name}.findings"), string.Concat(result.Findings.Select(f => $"{f}\n")));
    }

    [Test]
    public void SharedFile_HasNoFindings()
    {
        using var folder = new TestFolder();
        folder.Write("shared/valid.json", File.ReadAllText(Path.Combine(Corpus, "shared", "valid.json")));
        folder.Write("bad.json", """{ "extends": "shared/valid.json", "name": "bad" }""");

        Assert.That(EnvironmentFile.Load("bad.json", folder.Root).Findings, Is.Empty);
    }

    [Test]
    public void Corpus_IsLargeAndHasNoFindingsWithoutAFile()
    {
        Assert.That(Cases.Count(), Is.GreaterThanOrEqualTo(40));
        Assert.That(
            Directory.EnumerateFiles(Corpus, "*.findings").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal),
            Is.EqualTo(Cases));
    }
}
