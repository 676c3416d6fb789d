using Infra.Configuration.Model;

namespace Infra.Constructs.Containers;

/// <summary>The order in which services are made: what is called before what calls it, else by name.</summary>
internal static class CallOrder
{
    /// <summary>Names of all services. Where calls go in a circle, one of them is made before what it calls.</summary>
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
