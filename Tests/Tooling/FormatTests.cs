using System.Text.RegularExpressions;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Tooling;

/// <summary>Source files have the format that .editorconfig describes.</summary>
internal sealed partial class FormatTests
{
    // max_line_length, which dotnet format does not check.
    private const int Columns = 140;

    private static string Root => Checkout.Find().Root;

    [TestCase(".cs"), TestCase(".py")]
    public void Lines_AreNotTooLong(string extension)
    {
        string[] files = [.. Sources.All(extension)];
        Assert.That(files, Has.Length.GreaterThan(50));

        Assert.That(
            files.SelectMany(file => TooLong(File.ReadLines(file)).Select(line => $"{Path.GetRelativePath(Root, file)}:{line}")), Is.Empty);
    }

    [Test]
    public void TooLong_FindsLinesOfCode_ButNotOfRawStrings()
    {
        string line = new('x', Columns + 1);

        Assert.That(TooLong([line[1..], line, "\"\"\"", line, "\"\"\";", $"Is(\"\"\"{line}\"\"\");", line]), Is.EqualTo(new[] { 2, 7 }));
    }

    [Test]
    public async Task Whitespace_IsThatOfDotnetFormat()
    {
        (int exitCode, string output) = await Tool.RunAsync(new ProcessRequest(
            "dotnet", "format", "whitespace", "--folder", ".", "--exclude", "node_modules", ".infra", "cdktf.out", "--verify-no-changes"));

        Assert.That(exitCode, Is.Zero, $"{output}fix: dotnet format whitespace --folder .");
    }

    /// <summary>Numbers of the lines that are too long and could be wrapped, which raw strings, single literals and links cannot.</summary>
    private static IEnumerable<int> TooLong(IEnumerable<string> lines)
    {
        bool inRawString = false;
        foreach ((int index, string line) in lines.Index())
        {
            int quotes = line.Split("\"\"\"").Length - 1;
            if (line.Length > Columns && !inRawString && quotes == 0 && !LiteralOrLink().IsMatch(line))
                yield return index + 1;
            inRawString ^= quotes % 2 == 1;
        }
    }

    [GeneratedRegex("""^\s*([+:] )?(\$?@?r?"|// https://)""")]
    private static partial Regex LiteralOrLink();
}
