using HashiCorp.Cdktf;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Foundation;

internal sealed class LogicalIdsTests
{
    [Test]
    public void Named_IsTheAddress_WhereverTheConstructStands()
    {
        SynthesizedStack stack = SynthesizedStack.Of(s =>
        {
            var deep = new global::Constructs.Construct(new global::Constructs.Construct(s, "a"), "b");
            new TerraformVariable(deep, "c", new TerraformVariableConfig { Type = "string" }).Named("region");
        });

        Assert.That(stack.Json["variable"]!["region"], Is.Not.Null);
    }

    [TestCase("")]
    [TestCase("Files")]
    [TestCase("1files")]
    [TestCase("files.bucket")]
    public void Named_RefusesWhatIsNoAddress(string logicalId)
    {
        Assert.That(
            () => SynthesizedStack.Of(s => new TerraformVariable(s, "c", new TerraformVariableConfig { Type = "string" }).Named(logicalId)),
            Throws.ArgumentException.With.Message.Contains($"'{logicalId}'"));
    }

    [Test]
    public void Named_Twice_IsFoundByEveryTest()
    {
        static void Group(TerraformStack stack, string scope) => new LogGroup(
            new global::Constructs.Construct(stack, scope), "jobs", new LogGroupProps(SynthesizedStack.Context(), $"/jobs/{scope}", 30));

        Assert.That(
            () => SynthesizedStack.Of(stack =>
            {
                Group(stack, "a");
                Group(stack, "b");
            }),
            Throws.TypeOf<AssertionException>().With.Message.Contains("aws_cloudwatch_log_group.jobs"));
    }
}
