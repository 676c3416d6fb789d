using Infra.Configuration.Model;
using Infra.Constructs.Containers;
using NUnit.Framework;

namespace Infra.Tests.Constructs.Containers;

internal sealed class CallOrderTests
{
    private static Dictionary<string, ServiceConfig> Services(params (string Name, string[] Calls)[] services) =>
        services.ToDictionary(service => service.Name, service => new ServiceConfig { Port = 80, Calls = service.Calls });

    [Test]
    public void CalledServices_ComeFirst_OtherwiseByName() =>
        Assert.That(CallOrder.Of(Services(("web", ["orders"]), ("admin", ["web"]), ("orders", []), ("back", []))),
            Is.EqualTo(new[] { "orders", "web", "admin", "back" }));

    [Test]
    public void CircularCalls_IncludeAllServices() =>
        Assert.That(CallOrder.Of(Services(("a", ["b"]), ("b", ["a"]))), Is.EqualTo(new[] { "b", "a" }));
}
