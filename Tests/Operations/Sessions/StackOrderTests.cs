using Infra.Configuration.Model;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using NUnit.Framework;

namespace Infra.Tests.Operations.Targets;

[Property("Row", "D6")]
internal sealed class StackOrderTests
{
    private static readonly string[] Both = ["runtime", "base", "runtime"];

    [Test]
    public void ForDeploy_BaseComesFirst() => Assert.That(StackOrder.ForDeploy(Both), Is.EqualTo(new[] { "base", "runtime" }));

    [Test]
    public void ForDestroy_RuntimeComesFirst() => Assert.That(StackOrder.ForDestroy(Both), Is.EqualTo(new[] { "runtime", "base" }));

    [Test]
    public void DefaultDestroy_KeepsBase() => Assert.That(StackOrder.DefaultDestroy, Is.EqualTo(new[] { "runtime" }));

    [Test]
    public void ForDeploy_Unknown_ListsTheAvailable()
    {
        OperationException failure = Assert.Throws<OperationException>(() => StackOrder.ForDeploy(["bsae"]))!;
        Assert.That(failure.Remedy, Does.Contain("base, runtime"));
    }

    [Test]
    public void ForDestroy_Bootstrap_IsRefused() =>
        Assert.That(
            Assert.Throws<OperationException>(() => StackOrder.ForDestroy(["bootstrap"]))!.Message, Does.Contain("holds the state"));

    [TestCase(false, "base runtime"), TestCase(true, "pipeline")]
    [Property("Row", "L3")]
    public void Of_NothingNamed_IsTheEnvironmentsStacks(bool pipeline, string expected) =>
        Assert.That(string.Join(' ', StackOrder.Of([], StackOrder.Default, Environment(pipeline))), Is.EqualTo(expected));

    [TestCase(false, "pipeline", "tools has no stack pipeline", "available: base, runtime")]
    [TestCase(true, "base", "tools has no stack base", "available: pipeline")]
    public void Of_AStackOfAnotherKindOfEnvironment_IsRefused(bool pipeline, string named, string message, string remedy)
    {
        OperationException failure =
            Assert.Throws<OperationException>(() => StackOrder.Of([named], StackOrder.Default, Environment(pipeline)))!;
        Assert.That((failure.ExitCode, failure.Message, failure.Remedy), Is.EqualTo((ExitCode.BadInput, message, remedy)));
    }

    [TestCase(false, "available: base, runtime"), TestCase(true, "available: pipeline")]
    [Property("Finding", "U28")]
    public void Of_AnUnknownStack_ListsThoseOfTheEnvironment(bool pipeline, string remedy)
    {
        OperationException failure =
            Assert.Throws<OperationException>(() => StackOrder.Of(["bsae"], StackOrder.Default, Environment(pipeline)))!;
        Assert.That((failure.Message, failure.Remedy), Is.EqualTo(("tools has no stack bsae", remedy)));
    }

    private static EnvironmentConfig Environment(bool pipeline) => new()
    {
        Name = "tools",
        Project = "acme",
        Account = "111111111111",
        Region = "us-east-1",
        Pipeline = pipeline ? new PipelineConfig { ConnectionArn = "", Repository = "", Promotes = [] } : null,
    };
}
