using System.Text.RegularExpressions;
using Infra.Operations.Workspace;
using NUnit.Framework;

namespace Infra.Tests.Docs;

/// <summary>Pages that messages of the program name.</summary>
internal sealed partial class LinksInMessagesTests
{
    [Test, Property("Finding", "U28")]
    public void Pages_AndTheirSections_Exist()
    {
        string root = Checkout.Find().Root;
        (string Page, string Anchor)[] links =
        [
            .. Directory.GetFiles(Path.Combine(root, "Operations"), "*.cs", SearchOption.AllDirectories)
                .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
                .SelectMany(File.ReadLines).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .SelectMany(line => Link().Matches(line)).Select(match => (match.Groups["page"].Value, match.Groups["anchor"].Value))
                .Distinct(),
        ];
        Assert.That(links, Has.Length.GreaterThan(5));

        Assert.That(links.Where(link => !Exists(root, link.Page, link.Anchor)), Is.Empty);
    }

    [Test, Property("Finding", "U28")]
    public void Deploy_InMessages_HasTheFormOfItsHelp()
    {
        // ./infra deploy --env NAME [STACK]: with the options of the command, or with a placeholder.
        string[] others =
        [
            .. Directory.GetFiles(Path.Combine(Checkout.Find().Root, "Operations"), "*.cs", SearchOption.AllDirectories)
                .SelectMany(File.ReadLines).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal))
                .SelectMany(line => DeployCommandLine().Matches(line)).Select(match => match.Value),
        ];
        Assert.That(others, Is.Empty);
    }

    [GeneratedRegex(@"\./infra deploy (?!--|\{|""|stores it again)[^""]*")]
    private static partial Regex DeployCommandLine();

    private static bool Exists(string root, string page, string anchor)
    {
        string file = Path.Combine(root, page);
        return File.Exists(file)
            && (anchor.Length == 0 || File.ReadLines(file).Any(line => Heading().Match(line) is { Success: true } heading
                && (heading.Groups["text"].Value == anchor || Anchor(heading.Groups["text"].Value) == anchor)));
    }

    // https://docs.github.com/get-started/writing-on-github/getting-started-with-writing-and-formatting-on-github/basic-writing-and-formatting-syntax#section-links
    private static string Anchor(string heading) => NotInAnchors().Replace(heading.ToLowerInvariant(), "").Replace(' ', '-');

    // As a link, docs/page.md#section, or as text: docs/page.md, "Section".
    [GeneratedRegex("""(?<page>docs/[\w/-]+\.md)(#(?<anchor>[\w-]+)|, \\"(?<anchor>[^"\\]+)\\")?""")]
    private static partial Regex Link();

    [GeneratedRegex("^#+ (?<text>.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex("[^a-z0-9 _-]")]
    private static partial Regex NotInAnchors();
}
