using Infra.Insight;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Emulator.Deployed;

/// <summary>Every resource that <c>./infra map</c> lists exists, under its listed name.</summary>
[Category("Emulator")]
[Parallelizable(ParallelScope.Self)]
internal sealed class MapDeployedTests
{
    [Test, Property("Row", "P10")]
    public void Map_ListsTheAppliedResources()
    {
        AppliedEnvironment environment = AppliedEnvironment.Hoopstat;
        string file = environment.Sandbox.Work("map.json");
        environment.Sandbox.Expect(0, "map", "--env", environment.File, "--emulator", "--json", "--out", file);
        var mapped = JObject.Parse(File.ReadAllText(file))["resources"]!.ToLookup(resource => (string)resource["stack"]!);

        foreach (string stack in new[] { "bootstrap", "base", "runtime" })
        {
            Assert.That(
                mapped[stack].Select(resource => (string?)resource["address"]), Is.EquivalentTo(environment[stack].Addresses()), stack);
            Dictionary<string, StackElement> made = environment[stack].Elements.ToDictionary(element => element.Address);
            Assert.Multiple(() =>
            {
                foreach (JToken resource in mapped[stack].Where(resource => (string?)resource["name"] is not null))
                {
                    JObject attributes = made[(string)resource["address"]!].Arguments;
                    Assert.That(
                        attributes.Properties()
                            .Select(attribute => attribute.Value)
                            .Append(attributes.SelectToken("tags.Name"))
                            .Where(value => value?.Type == JTokenType.String)
                            .Select(value => (string?)value),
                        Does.Contain((string?)resource["name"]), (string?)resource["address"]);
                }
            });
        }
    }
}
