using System.Diagnostics;
using System.Text.RegularExpressions;
using Infra.Operations.Workspace;
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
        string[] files =
        [
            .. Directory.EnumerateFiles(Root, "*" + extension, SearchOption.AllDirectories).Where(file =>
                !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar)
                    .Any(part => part is "bin" or "obj" or "node_modules" or ".infra" or "cdktf.out")),
        ];
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
    public void Whitespace_IsThatOfDotnetFormat()
    {
        using Process process = Process.Start(new ProcessStartInfo(
            "dotnet",
            ["format", "whitespace", "--folder", ".", "--exclude", "node_modules", ".infra", "cdktf.out", "--verify-no-changes"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.That(process.ExitCode, Is.Zero, $"{output}{error.Result}fix: dotnet format whitespace --folder .");
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
