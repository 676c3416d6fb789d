using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

internal sealed class ProviderTests
{
    private static IEnumerable<JToken> Providers(Example example, string stack)
    {
        var providers = (JObject)example.Deployment[stack].Json["provider"]!;
        Assert.That(providers.Properties().Select(provider => provider.Name), Is.EqualTo(new[] { "aws" }));
        return providers["aws"]!;
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "P3")]
    public void EveryProvider_TouchesItsAccountAlone(Example example, string stack)
    {
        foreach (JToken provider in Providers(example, stack))
            Assert.That(provider["allowed_account_ids"]!.Values<string>(), Is.EqualTo(new[] { example.Config.Account }));
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "D1"), Property("Row", "H10"), Property("Row", "L10")]
    public void EveryProvider_TagsWhatItMakes(Example example, string stack)
    {
        foreach (JToken provider in Providers(example, stack))
        {
            JToken tags = provider["default_tags"]!.Single()["tags"]!;
            Assert.Multiple(() =>
            {
                Assert.That((string?)tags["Project"], Is.EqualTo(example.Config.Project));
                // What all environments of the account share is tagged after none of them.
                bool shared = stack == "bootstrap";
                Assert.That((string?)tags["Environment"], Is.EqualTo(shared ? "shared" : example.Config.Name));
                Assert.That((string?)tags["ManagedBy"], Is.EqualTo("cdktf"));
                string productDomain = example.Config.Tags.GetValueOrDefault("ProductDomain", example.Config.Project);
                Assert.That((string?)tags["ProductDomain"], Is.EqualTo(shared ? example.Config.Project : productDomain));
            });
        }
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "T6")]
    public void OneProvider_IsOfTheRegion_AnotherOfUsEast1WhereNeeded(Example example, string stack)
    {
        bool global = stack == "base" && example.Config.Region != "us-east-1" && (example.Config.Domain is not null || example.Config.Sites.Count > 0);

        Assert.That(
            Providers(example, stack).Select(provider => $"{provider["alias"]}{(provider["alias"] is null ? "" : "=")}{provider["region"]}"),
            Is.EqualTo(global ? new[] { example.Config.Region, "global=us-east-1" } : [example.Config.Region]));
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks))]
    public void Provider_IsTheVersionWhoseSchemaTheBindingsHave(Example example, string stack) =>
        Assert.That((string?)example.Deployment[stack].Json["terraform"]!["required_providers"]!["aws"]!["version"], Is.EqualTo("5.100.0"));
}
