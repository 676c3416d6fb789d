using HashiCorp.Cdktf;
using Infra.Stacks;
using Infra.Tests.Support;
using Newtonsoft.Json.Linq;
using NUnit.Framework;

namespace Infra.Tests.Stacks;

internal sealed class OutputChannelTests
{
    private static readonly OutputReader Reader = new("base", new SortedSet<string> { "subnet_ids", "vpc_id" });

    [Test, Property("Row", "D6")]
    public void Reader_ReadsBasesState()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Reader.Text("vpc_id", "", null), Is.EqualTo("${data.terraform_remote_state.base.outputs.vpc_id}"));
            Assert.That(Reader.List("subnet_ids", "", 2, null), Is.EqualTo(new[]
            {
                "${data.terraform_remote_state.base.outputs.subnet_ids[0]}",
                "${data.terraform_remote_state.base.outputs.subnet_ids[1]}",
            }));
        });
    }

    [Test, Property("Row", "D6")]
    public void Reader_AskedForAMissingOutput_NamesIt()
    {
        const string message = "runtime needs base's output 'zone_id', which base does not have; it has: subnet_ids, vpc_id";

        Assert.Multiple(() =>
        {
            Assert.That(() => Reader.Text("zone_id", "", null), Throws.InvalidOperationException.With.Message.EqualTo(message));
            Assert.That(() => Reader.List("zone_id", "", 2, null), Throws.InvalidOperationException.With.Message.EqualTo(message));
        });
    }

    [Test]
    public void Writer_WritesDescribedOutputs_AndKnowsTheirNames()
    {
        IReadOnlySet<string>? names = null;
        SynthesizedStack stack = SynthesizedStack.Of(s =>
        {
            var writer = new OutputWriter(s);
            writer.Text("vpc_id", "The VPC.", "vpc-1");
            writer.List("subnet_ids", "Subnets.", 2, ["a", "b"]);
            names = writer.Names;
        });

        var expected = JObject.Parse("""
            {
              "subnet_ids": { "description": "Subnets.", "value": ["a", "b"] },
              "vpc_id": { "description": "The VPC.", "value": "vpc-1" }
            }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(CanonicalJson.Order(stack.Json["output"]!), Is.EqualTo(expected).Using(JToken.EqualityComparer));
            Assert.That(names, Is.EqualTo(new[] { "subnet_ids", "vpc_id" }));
        });
    }

    [Test]
    public void Writer_WithoutAValue_NamesTheOutput()
    {
        var writer = new OutputWriter(new TerraformStack(Testing.App(), "test"));

        Assert.Multiple(() =>
        {
            Assert.That(() => writer.Text("vpc_id", "", null), Throws.InvalidOperationException.With.Message.Contains("'vpc_id'"));
            Assert.That(() => writer.List("subnet_ids", "", 2, ["a"]),
                Throws.InvalidOperationException.With.Message.EqualTo("base has 1 values for its output 'subnet_ids'; it takes 2"));
        });
    }
}
