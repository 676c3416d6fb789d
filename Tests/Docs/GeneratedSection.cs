using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>A part of a page that is generated, between two comments.</summary>
internal static class GeneratedSection
{
    private const string End = "<!-- end -->";

    /// <summary>Fails unless the section of the page has this text.</summary>
    /// <param name="page">Page, relative to the repository.</param>
    /// <param name="name">Name of the section: <c>roles</c>.</param>
    /// <param name="text">Its text, which ends with a line break.</param>
    public static void Verify(string page, string name, string text)
    {
        string begin = $"<!-- generated: {name}, by ./infra test -->\n";
        string current = MarkdownPages.Read(page);
        int from = current.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
        Assert.That(from, Is.GreaterThan(begin.Length), $"{page} has no section {name}");
        int to = current.IndexOf(End, from, StringComparison.Ordinal);
        Approval.Verify(Path.Combine(Checkout.Find().Root, page), $"{current[..from]}\n{text}\n{current[to..]}");
    }
}
