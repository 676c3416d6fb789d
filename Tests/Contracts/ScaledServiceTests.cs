using Infra.Contracts;
using NUnit.Framework;

namespace Infra.Tests.Contracts;

[TestFixture]
internal sealed class ScaledServiceTests
{
    private static readonly ScaledService Api = new("acme-dev", "acme-dev-api", 3, (2, 6));
    private static readonly ScaledService Web = new("acme-dev", "acme-dev-web", 1, null);

    [Test]
    public void Line_IsReadBackAsItWasWritten() => Assert.Multiple(() =>
    {
        Assert.That(Api.ToLine(), Is.EqualTo("acme-dev acme-dev-api 3 2 6"));
        Assert.That(Web.ToLine(), Is.EqualTo("acme-dev acme-dev-web 1 - -"));
        Assert.That(ScaledService.Parse(Api.ToLine()), Is.EqualTo(Api));
        Assert.That(ScaledService.Parse(Web.ToLine()), Is.EqualTo(Web));
    });

    [Test, Property("Row", "L11")]
    public void Asleep_HasNoTasks_AndNoneThatAutoscalingAdds() => Assert.Multiple(() =>
    {
        Assert.That(Api.While(awake: true), Is.EqualTo(Api));
        Assert.That(Api.While(awake: false).ToLine(), Is.EqualTo("acme-dev acme-dev-api 0 0 0"));
        Assert.That(Web.While(awake: false).ToLine(), Is.EqualTo("acme-dev acme-dev-web 0 - -"));
    });
}
