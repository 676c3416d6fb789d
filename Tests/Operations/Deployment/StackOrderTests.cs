using Infra.Operations;
using Infra.Operations.Deployment;
using NUnit.Framework;

namespace Infra.Tests.Operations.Deployment;

[Property("Row", "D6")]
internal sealed class StackOrderTests
{
    private static readonly string[] Both = ["runtime", "base", "runtime"];

    [Test]
    public void ForDeploy_BaseComesFirst() => Assert.That(StackOrder.ForDeploy(Both), Is.EqualTo(new[] { "base", "runtime" }));

    [Test]
    public void ForDestroy_RuntimeComesFirst() => Assert.That(StackOrder.ForDestroy(Both), Is.EqualTo(new[] { "runtime", "base" }));

    [Test]
    public void DefaultDestroy_SparesBase() => Assert.That(StackOrder.DefaultDestroy, Is.EqualTo(new[] { "runtime" }));

    [Test]
    public void ForDeploy_Unknown_ListsWhatThereIs()
    {
        OperationException failure = Assert.Throws<OperationException>(() => StackOrder.ForDeploy(["bsae"]))!;
        Assert.That(failure.Remedy, Does.Contain("base, runtime"));
    }

    [Test]
    public void ForDestroy_Bootstrap_IsRefused() =>
        Assert.That(Assert.Throws<OperationException>(() => StackOrder.ForDestroy(["bootstrap"]))!.Message, Does.Contain("holds the state"));
}
