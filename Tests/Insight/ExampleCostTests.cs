using System.Globalization;
using Infra.Insight;
using Infra.Insight.Costs;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Insight;

/// <summary>The README of each example states the cost of its environments.</summary>
[Property("Row", "X5")]
internal sealed class ExampleCostTests
{
    private static IEnumerable<Example> Examples =>
        Example.All.Where(example => example.File.StartsWith("examples/", StringComparison.Ordinal));

    [TestCaseSource(nameof(Examples))]
    public void Readme_StatesTheCostOfTheEnvironment(Example example)
    {
        Estimate estimate = Estimate.Of(
            [new StackJson("base", example.Base.Json), new StackJson("runtime", example.Runtime.Json)], PriceList.Committed);
        string readme = Path.Combine(Checkout.Find().Root, Path.GetDirectoryName(example.File)!, "README.md");

        Assert.That(File.ReadAllText(readme), Does.Contain(string.Create(
            CultureInfo.InvariantCulture,
            $"| `{Path.GetFileName(example.File)}` | {estimate.AlwaysUsd:0.00} | {estimate.ScheduledUsd:0.00} |")));
    }
}
