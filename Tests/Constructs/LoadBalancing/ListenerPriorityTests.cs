using FsCheck;
using FsCheck.Fluent;
using Infra.Configuration.Model;
using Infra.Constructs.LoadBalancing;
using NUnit.Framework;

namespace Infra.Tests.Constructs.LoadBalancing;

public sealed class ListenerPriorityTests
{
    private const int ClassSize = 15000;

    private static readonly Gen<string> Names =
        from first in Gen.Elements("abcdefghijklmnopqrstuvwxyz".ToCharArray())
        from rest in Gen.Elements("abcdefghijklmnopqrstuvwxyz0123456789-".ToCharArray()).ArrayOf(6)
        select $"{first}{new string(rest)}x";

    private static readonly Gen<ServiceConfig> Configs =
        from host in Gen.Elements(null, "", "api", "www")
        from paths in Gen.Elements<string[]>([], ["/api/*"], ["/a", "/b/*"])
        select new ServiceConfig { Port = 8000, Host = host, Paths = paths };

    private static readonly Gen<Dictionary<string, ServiceConfig>> Services =
        from count in Gen.Choose(0, 60)
        from names in Names.ArrayOf(count)
        from configs in Configs.ArrayOf(count)
        select names.Zip(configs).DistinctBy(pair => pair.First)
            .ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);

    private static int Asks(ServiceConfig service) => (service.Host is null ? 0 : 1) + (service.Paths.Count == 0 ? 0 : 1);

    [FsCheck.NUnit.Property]
    public Property Assign_GivesEachItsOwnValidNumber() => Prop.ForAll(Services.ToArbitrary(), services =>
    {
        IReadOnlyDictionary<string, int> priorities = ListenerPriority.Assign(services);
        return priorities.Keys.Order().SequenceEqual(services.Keys.Order())
            && priorities.Values.Distinct().Count() == services.Count
            && priorities.Values.All(priority => priority is >= 1 and <= 45000);
    });

    [FsCheck.NUnit.Property]
    public Property Assign_GivesMoreSpecificRulesPrecedence() => Prop.ForAll(Services.ToArbitrary(), services =>
    {
        IReadOnlyDictionary<string, int> priorities = ListenerPriority.Assign(services);
        return services.All(service => (priorities[service.Key] - 1) / ClassSize == 2 - Asks(service.Value));
    });

    [FsCheck.NUnit.Property]
    public Property Assign_OneServiceMore_LeavesTheOthersWhereTheyAre_UnlessTheyCollide() => Prop.ForAll(Services.ToArbitrary(), services =>
    {
        IReadOnlyDictionary<string, int> all = ListenerPriority.Assign(services);
        // A service gets the slot of its name; if two have the same slot, the later name moves on.
        bool noneCollides = services.All(service => Alone(service.Key, service.Value) == all[service.Key]);
        return services.Keys.All(dropped =>
        {
            IReadOnlyDictionary<string, int> fewer = ListenerPriority.Assign(services.Where(s => s.Key != dropped).ToDictionary());
            return !noneCollides || fewer.All(priority => all[priority.Key] == priority.Value);
        });

        static int Alone(string name, ServiceConfig service) =>
            ListenerPriority.Assign(new Dictionary<string, ServiceConfig> { [name] = service })[name];
    });

    [Test]
    public void Assign_TwoOfOneSlot_BothGetANumber()
    {
        // The first two names whose first six digits of SHA-256 are the same modulo 15000.
        var service = new ServiceConfig { Port = 8000, Host = "api" };
        Dictionary<int, string> bySlot = [];
        for (int i = 0; ; i++)
        {
            string name = $"service-{i}";
            int slot = ListenerPriority.Assign(new Dictionary<string, ServiceConfig> { [name] = service })[name];
            if (bySlot.TryAdd(slot, name)) continue;

            IReadOnlyDictionary<string, int> both = ListenerPriority.Assign(
                new Dictionary<string, ServiceConfig> { [bySlot[slot]] = service, [name] = service });
            Assert.That(both.Values, Is.EquivalentTo(new[] { slot, slot == 2 * ClassSize ? ClassSize + 1 : slot + 1 }));
            return;
        }
    }

    [TestCase("backend", "api", 15000), TestCase("backend", null, 30000)]
    public void Assign_GivesTheSameNumberForever(string name, string? host, int first)
    {
        // A changed number swaps rules of a running listener; one of them is missing for a moment.
        var services = new Dictionary<string, ServiceConfig> { [name] = new() { Port = 8000, Host = host } };

        Assert.That(ListenerPriority.Assign(services)[name], Is.EqualTo(first + 11059));
    }
}
