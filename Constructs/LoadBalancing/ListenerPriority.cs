using Infra.Configuration.Model;
using Infra.Naming;

namespace Infra.Constructs.LoadBalancing;

/// <summary>
/// Priorities of listener rules. More specific rules come first: host and paths, then only one of them, then neither. Within a class the
/// number is derived from the service's name, so that adding a service does not change the numbers of the others.
/// </summary>
internal static class ListenerPriority
{
    private const int ClassSize = 15000;

    /// <summary>
    /// A number from 1 to 45000 for each service behind the load balancer; AWS allows 1 to 50000, the rest is reserved for others
    /// (previews).
    /// </summary>
    public static IReadOnlyDictionary<string, int> Assign(IReadOnlyDictionary<string, ServiceConfig> services)
    {
        var taken = new HashSet<int>();
        var priorities = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (
            (string name, ServiceConfig service) in services.Where(s => s.Value.IsListening).OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            int asks = (service.Host is null ? 0 : 1) + (service.Paths.Count == 0 ? 0 : 1);
            int first = (2 - asks) * ClassSize;
            int slot = Convert.ToInt32(StableName.Hash(name), 16) % ClassSize;
            while (!taken.Add(first + slot))
                slot = (slot + 1) % ClassSize;
            priorities[name] = first + slot + 1;
        }
        return priorities;
    }
}
