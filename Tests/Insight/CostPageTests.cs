using System.Globalization;
using Infra.Insight;
using Infra.Insight.Costs;
using Infra.Operations.Workspace;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Insight;

/// <summary>The savings in docs/cost.md match the estimate of system D.</summary>
[Property("Row", "D10"), Property("Row", "X5")]
internal sealed class CostPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Checkout.Find().Root, "docs", "cost.md"));

    private static Estimate Always => Runtime(Example.DurableCode.Deployment);

    private static Estimate Runtime(SynthesizedDeployment deployment)
    {
        Estimate all = Estimate.Of(
            [new StackJson("base", deployment.Base.Json), new StackJson("runtime", deployment.Runtime.Json)], PriceList.Committed);
        return all with { Lines = [.. all.Lines.Where(line => line.Stack == "runtime")] };
    }

    [Test]
    public void AlwaysOn_CostsWhatThePageSays() =>
        Assert.That(Page, Does.Contain(string.Create(CultureInfo.InvariantCulture, $"| always on | {Always.AlwaysUsd:0.00} | |")));

    [TestCase("schedule, 60 hours", false, false, false)]
    [TestCase("schedule, ARM", true, false, false)]
    [TestCase("schedule, ARM, Spot", true, true, false)]
    [TestCase("schedule, NAT instance (t4g.nano) instead of a gateway", false, false, true)]
    [TestCase("schedule, Spot, NAT instance", false, true, true)]
    [TestCase("schedule, ARM, Spot, NAT instance", true, true, true)]
    public void Scheduled_CostsWhatThePageSays(string runtime, bool arm, bool spot, bool instance)
    {
        JObject service = new() { ["architecture"] = arm ? "arm64" : "x86_64" };
        if (spot)
            service["capacity"] = new JObject { ["spot"] = 1, ["onDemand"] = 0 };
        var changes =
            new JObject
            {
                ["extends"] = "@/examples/durable-code/dev.json",
                ["services"] = new JObject { ["backend"] = service, ["frontend"] = service.DeepClone() },
            };
        if (instance)
            changes["network"] = new JObject { ["nat"] = "instance" };

        decimal usd = Runtime(SynthesizedDeployment.Of(WrittenEnvironment.Load("dev", changes.ToString()))).ScheduledUsd;

        Assert.That(Page,
            Does.Contain(string.Create(CultureInfo.InvariantCulture, $"| {runtime} | {usd:0.00} | {1 - usd / Always.AlwaysUsd:P0} |")));
    }
}
