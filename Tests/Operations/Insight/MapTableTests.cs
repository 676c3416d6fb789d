using Infra.Insight;
using Infra.Operations.Insight;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Insight;

[Property("Finding", "U16")]
internal sealed class MapTableTests
{
    private static readonly ResourceMap s_tap = ResourceMap.Of(StackJson.ReadAll(Example.Tap.Deployment.OutDir));

    [Test]
    public void Lines_FitATerminalOf80Columns_UnlessANameIsLonger() =>
        Assert.That(MapTable.Lines("tap dev", s_tap, 80).Where(line => line.Length > 80 && line.TrimStart().Contains(' ')), Is.Empty);

    [Test]
    public void Lines_HaveEveryResource()
    {
        string[] lines = [.. MapTable.Lines("tap dev", s_tap, 80)];
        Assert.That(
            lines.Count(line => line.StartsWith("    ", StringComparison.Ordinal) && line[4] != ' '), Is.EqualTo(s_tap.Resources.Count));
    }
}
