using Infra.Configuration.Model;
using Infra.Configuration.Rules.Delivery;
using Infra.Configuration.Validation;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

internal sealed class DeliveryRulesTests
{
    private static readonly LayerConfig Layer = new() { Runtimes = ["python3.10"] };

    private static (string, string)[] Of(IEnumerable<RuleViolation> violations) =>
        [.. violations.Select(violation => (violation.Path, violation.Message))];

    private static (string, string)[] Content(params (string Name, LayerConfig Layer)[] layers) => Of(LayerContent.Check(
        Samples.Environment with { Layers = layers.ToDictionary(layer => layer.Name, layer => layer.Layer) }));

    private static LayerConfig Packed(string inLayer, string folder) =>
        Layer with { Content = new Dictionary<string, string> { [inLayer] = folder } };

    [Test, Property("Row", "P-L3")]
    public void LayerContent_IsBelowTheRoot()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Content(("flask", Packed("python", "frameworks/da_flask/src"))), Is.Empty);
            foreach (string folder in new[] { "", "/etc", "../other", "frameworks//src", "frameworks/", "C:/frameworks", "frameworks/*" })
                Assert.That(Content(("flask", Packed("python", folder))).Single(), Is.EqualTo((
                    "layers.flask.content.python",
                    $"the folder \"{folder}\" is not a relative path below the root, with forward slashes: python, "
                        + "frameworks/da_flask/src")));
            Assert.That(
                Content(("flask", Packed("../python", "src"))).Single().Item2, Does.StartWith("the folder in the layer \"../python\""));
        });
    }

    [Test, Property("Row", "P-L3")]
    public void Component_IsTheNameOfOneLayer()
    {
        LayerConfig flask = Layer with { Component = "da_flask" };
        Assert.Multiple(() =>
        {
            Assert.That(Content(("flask", flask), ("framework", Layer with { Component = "da_framework" })), Is.Empty);
            Assert.That(Content(("flask", flask), ("other", flask)), Is.EqualTo(new[]
            {
                ("layers.flask.component", "\"da_flask\" is the name of another layer, too"),
                ("layers.other.component", "\"da_flask\" is the name of another layer, too"),
            }));
            Assert.That(Content(("flask", Layer with { Component = "other" }), ("other", Layer)), Has.Length.EqualTo(1));
        });
    }

    [Test]
    public void Build_WithoutSources_IsAFinding() => Assert.That(
        Content(("flask", Layer with { Build = ["make", "layer"] })).Single().Item1, Is.EqualTo("layers.flask.build"));

    [Test, Property("Row", "P-L4")]
    public void LocalDelivery_IsForPrincipalsOfTheAccount()
    {
        (string, string)[] Check(params string[] principals) => Of(LocalDelivery.Check(Samples.Environment with
        {
            GitHub = new GitHubConfig { Repository = "acme/shop", LocalDelivery = new LocalDeliveryConfig { Principals = principals } },
        }));

        Assert.Multiple(() =>
        {
            Assert.That(Check("arn:aws:iam::111111111111:user/ada"), Is.Empty);
            Assert.That(Check("arn:aws:iam::111111111111:user/ada", "arn:aws:iam::222222222222:role/dev").Single(), Is.EqualTo((
                "github.localDelivery.principals[1]",
                "\"arn:aws:iam::222222222222:role/dev\" is of account 222222222222; list users and roles of 111111111111")));
        });
    }
}
