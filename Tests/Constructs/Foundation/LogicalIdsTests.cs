using FsCheck;
using FsCheck.Fluent;
using HashiCorp.Cdktf;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Infra.Naming;
using Infra.Tests.Support;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Foundation;

public sealed class LogicalIdsTests
{
    [Test]
    public void Named_IsTheAddress_InAnyParent()
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
    public void Named_RejectsInvalidAddresses(string logicalId)
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

    [TestCase("jwt-secret-key", "jwt-secret-key")]
    [TestCase("backend/log-level", "backend_log-level")]
    [TestCase("Feature.Flags", "feature-flags-650347")]
    [TestCase("backend_log-level", "backend-log-level-390fe3")]
    public void PartOf_KeepsWhatAnAddressMayHold(string name, string part) => Assert.That(AddressPart.Of(name), Is.EqualTo(part));

    [FsCheck.NUnit.Property(MaxTest = 2000)]
    public Property PartOf_IsAnAddress_AndDifferentForDifferentNames()
    {
        Gen<string> names = Gen.Elements("abAB12-_./+=@".ToCharArray()).NonEmptyListOf().Select(characters => string.Concat(characters));
        return Prop.ForAll(names.Two().ToArbitrary(), pair =>
            IsAddress(pair.Item1) && IsAddress(pair.Item2)
            && (pair.Item1 == pair.Item2 || AddressPart.Of(pair.Item1) != AddressPart.Of(pair.Item2)));

        static bool IsAddress(string name) =>
            AddressPart.Of(name).All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');
    }
}
