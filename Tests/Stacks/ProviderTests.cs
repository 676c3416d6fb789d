using Infra.Configuration.Model;
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
    public void EveryProvider_UsesOnlyItsAccount(Example example, string stack)
    {
        foreach (JToken provider in Providers(example, stack))
            Assert.That(provider["allowed_account_ids"]!.Values<string>(), Is.EqualTo(new[] { example.Config.Account }));
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "D1"), Property("Row", "H10"), Property("Row", "L10")]
    public void EveryProvider_HasDefaultTags(Example example, string stack)
    {
        foreach (JToken provider in Providers(example, stack))
        {
            JToken tags = provider["default_tags"]!.Single()["tags"]!;
            Assert.Multiple(() =>
            {
                Assert.That((string?)tags["Project"], Is.EqualTo(example.Config.Project));
                // Resources that all environments of the account share have no environment's tags.
                bool shared = stack == "bootstrap";
                Assert.That((string?)tags["Environment"], Is.EqualTo(shared ? "shared" : example.Config.Name));
                Assert.That((string?)tags["ManagedBy"], Is.EqualTo(example.Config.Tags.GetValueOrDefault("ManagedBy", "cdktf")));
                string productDomain = example.Config.Tags.GetValueOrDefault("ProductDomain", example.Config.Project);
                Assert.That((string?)tags["ProductDomain"], Is.EqualTo(shared ? example.Config.Project : productDomain));
            });
        }
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks)), Property("Row", "T6")]
    public void Providers_AreOfTheRegion_OfUsEast1WhereNeeded_AndOfWhereCopiesGo(Example example, string stack)
    {
        EnvironmentConfig config = example.Config;
        bool global = stack == "base" && config.Region != "us-east-1" && (config.Domain is not null || config.Sites.Count > 0);
        string? copies = stack switch { "base" => config.Backup?.CopyRegion, "bootstrap" => config.State.ReplicaRegion, _ => null };
        string? images = stack == "base" && config.Backup?.ImageRegion != copies ? config.Backup?.ImageRegion : null;

        Assert.That(
            Providers(example, stack).Select(provider => (Alias: (string?)provider["alias"], Region: (string?)provider["region"])),
            Is.EqualTo(
                new (string?, string?)[]
                {
                    (null, config.Region),
                    (global ? "global" : null, global ? "us-east-1" : null),
                    (copies, copies),
                    (images, images),
                }
                .Where((provider, place) => place == 0 || provider.Item1 is not null)));
    }

    [TestCaseSource(typeof(Example), nameof(Example.Stacks))]
    public void Provider_IsTheVersionWhoseSchemaTheBindingsHave(Example example, string stack) =>
        Assert.That((string?)example.Deployment[stack].Json["terraform"]!["required_providers"]!["aws"]!["version"], Is.EqualTo("5.100.0"));
}
