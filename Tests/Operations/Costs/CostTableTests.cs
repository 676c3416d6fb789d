using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Insight;
using Infra.Insight.Costs;
using Infra.Operations.Costs;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Operations.Costs;

[Property("Finding", "U16")]
internal sealed class CostTableTests
{
    private static readonly Estimate s_tap = Estimate.Of(StackJson.ReadAll(Example.Tap.Deployment.OutDir), PriceList.Committed);

    private static string[] Lines(int width) => [.. CostTable.Lines(s_tap, PriceList.Committed, "tap dev", "us-east-1", width)];

    [TestCase(80), TestCase(120)]
    public void Rows_FitTheTerminal(int width) =>
        Assert.That(Lines(width).TakeWhile(line => line != "not counted:").Max(line => line.Length), Is.LessThanOrEqualTo(width));

    [Test, Property("Finding", "U29")]
    public void PricesOfAnotherRegion_AreSaidToBe() => Assert.That(
        CostTable.Lines(s_tap, PriceList.Committed, "tap dev", "eu-central-1", 120).ElementAt(1),
        Does.StartWith("prices of us-east-1 ").And.EndsWith("; eu-central-1 may differ"));

    [Test]
    public void EqualResources_AreOneRow_WithTheirSum()
    {
        CostLine[] alarms = [.. s_tap.Lines.Where(line => line is { Stack: "runtime", What: "alarm" })];
        Assert.That(alarms, Has.Length.GreaterThan(2));

        string sum = alarms.Sum(line => line.AlwaysUsd).ToString("0.00", CultureInfo.InvariantCulture);
        Assert.That(Lines(120), Has.One.Match($@"^  alarm +{alarms.Length} in total +{Regex.Escape(sum)} "));
    }

    [Test]
    public void Rows_AddUpToTheTotal()
    {
        decimal sum = Lines(120).Where(line => Regex.IsMatch(line, @"^  .*\d\.\d\d$") && !line.Contains("USD", StringComparison.Ordinal))
            .Sum(line => decimal.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture));
        // Each row is rounded.
        Assert.That(sum, Is.EqualTo(s_tap.AlwaysUsd).Within(0.5m));
    }
}
