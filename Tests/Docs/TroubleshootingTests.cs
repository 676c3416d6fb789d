using System.Text.RegularExpressions;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>Every entry of docs/troubleshooting.md names a text, and those of <c>./infra</c> are in the sources.</summary>
[Property("Row", "D12"), Property("Row", "H11")]
internal sealed partial class TroubleshootingTests
{
    private static readonly string Page = MarkdownPages.Read("docs/troubleshooting.md");

    private static readonly Lazy<string> Program = new(() => string.Concat(Sources.In(Sources.Folders).Select(File.ReadAllText)));

    private static IEnumerable<string> Texts =>
        Text().Matches(Page).SelectMany(match => Quoted().Matches(match.Groups[1].Value)).Select(match => match.Groups[1].Value);

    [TestCaseSource(nameof(Texts))]
    public void Text_IsInTheSources(string text) =>
        Assert.That(Program.Value.Contains(text, StringComparison.Ordinal), Is.True, $"no source has the text: {text}");

    [Test]
    public void EveryEntry_NamesAText() => Assert.That(
        Page.Split("\n### ")[1..].Where(entry => !entry.Contains("\nText: `", StringComparison.Ordinal)
            && !entry.Contains("\nText of ", StringComparison.Ordinal)).Select(entry => entry.Split('\n')[0]),
        Is.Empty);

    [Test]
    public void Page_HasEntries() => Assert.That(Texts.Count(), Is.GreaterThan(25));

    [GeneratedRegex("(?m)^Text: (.+)$")]
    private static partial Regex Text();

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Quoted();
}
