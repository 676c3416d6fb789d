using System.Text.RegularExpressions;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Configuration;

/// <summary>A page of docs/ with a generated part, between two comments.</summary>
internal static partial class GeneratedPage
{
    /// <summary>Compares the generated part of a page, or writes it if approved files are accepted.</summary>
    public static void Verify(string name, string generated)
    {
        string path = Path.Combine(Checkout.Find().Root, "docs", name);
        string page = File.ReadAllText(path).ReplaceLineEndings("\n");
        Assert.That(Generated().IsMatch(page), $"{name} has no generated part");
        Approval.Verify(path, Generated().Replace(page, match => $"{match.Groups["begin"]}{generated}\n{match.Groups["end"]}", 1));
    }

    [GeneratedRegex(@"(?<begin><!-- written by the tests from [^\n]*: begin -->\n).*?(?<end><!-- end -->\n)", RegexOptions.Singleline)]
    private static partial Regex Generated();
}
