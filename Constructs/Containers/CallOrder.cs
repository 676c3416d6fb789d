using Infra.Configuration.Model;

namespace Infra.Constructs.Containers;

/// <summary>The order in which services are created: called services before their callers, otherwise by name.</summary>
internal static class CallOrder
{
    /// <summary>Names of all services. In a circular dependency, one service is created before a service that it calls.</summary>
    public static IReadOnlyList<string> Of(IReadOnlyDictionary<string, ServiceConfig> services)
    {
        var order = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        void Visit(string name)
        {
            if (!seen.Add(name)) return;
            foreach (string called in services[name].Calls.Order(StringComparer.Ordinal))
                Visit(called);
            order.Add(name);
        }
        foreach (string name in services.Keys.Order(StringComparer.Ordinal))
            Visit(name);
        return order;
    }
}
