using System.Text.RegularExpressions;
using Infra.Insight;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Insight;

/// <summary>The discovery page shows the actual values of one environment.</summary>
internal sealed partial class DiscoveryDocumentTests
{
    [Test, Property("Row", "H8")]
    public void Page_ShowsTheTablesOfSystemH()
    {
        string file = Path.Combine(Checkout.Find().Root, "docs", "discovery.md");
        string page = File.ReadAllText(file);
        Assert.That(Example().Matches(page), Has.Count.EqualTo(1), "one place for the tables");
        string tables = MapWriter.Discovery(DiscoveryTable.Of(StackJson.ReadAll(Support.Example.Hoopstat.Deployment.OutDir)))
            .Replace("\n## ", "\n### ", StringComparison.Ordinal).Trim('\n');

        Approval.Verify(file, Example().Replace(page, match => $"{match.Groups["begin"].Value}\n{tables}\n\n{match.Groups["end"].Value}"));
    }

    [GeneratedRegex("(?<begin><!-- generated[^>]*-->\n)(?<tables>.*)(?<end><!-- end of generated -->)", RegexOptions.Singleline)]
    private static partial Regex Example();
}
