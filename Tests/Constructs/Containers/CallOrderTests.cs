using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class CallOrderTests
{
    private static Dictionary<string, ServiceConfig> Services(params (string Name, string[] Calls)[] services) =>
        services.ToDictionary(service => service.Name, service => new ServiceConfig { Port = 80, Calls = service.Calls });

    [Test]
    public void Called_ComesFirst_ElseByName() =>
        Assert.That(CallOrder.Of(Services(("web", ["orders"]), ("admin", ["web"]), ("orders", []), ("back", []))), Is.EqualTo(new[] { "orders", "web", "admin", "back" }));

    [Test]
    public void Circle_HasAllOfThem() =>
        Assert.That(CallOrder.Of(Services(("a", ["b"]), ("b", ["a"]))), Is.EqualTo(new[] { "b", "a" }));
}
