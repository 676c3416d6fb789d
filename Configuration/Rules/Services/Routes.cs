using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Services;

/// <summary>
/// Compares listener rules. Those with host and paths are evaluated before those with only one of them, and the service with neither gets
/// the rest; within a class no two rules may match the same request.
/// </summary>
internal static class Routes
{
    // Default quotas of rules per load balancer, and of wildcards per rule.
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
    private const int MostRules = 100;
    private const int MostWildcards = 5;

    [Rule("services/routes", "Every request matches exactly one service.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        int listening = config.Services.Count(service => service.Value.IsListening);
        if (listening > MostRules)
            yield return new RuleViolation("services", $"has {listening} services; a load balancer allows {MostRules} rules");

        var earlier = new List<(string Name, ServiceConfig Service)>();
        foreach ((string name, ServiceConfig service) in config.Services)
        {
            string path = ConfigPath.Join("services", name);
            if (!service.IsListening)
            {
                foreach (RuleViolation problem in Unreached(path, service))
                    yield return problem;
                continue;
            }

            int wildcards = service.Paths.Sum(p => p.Count(c => c is '*' or '?'));
            if (wildcards > MostWildcards)
                yield return new RuleViolation($"{path}.paths", $"has {wildcards} wildcards; a listener rule allows {MostWildcards}");

            foreach ((string otherName, ServiceConfig other) in earlier)
                if (Clash(service, other, otherName) is { } clash)
                {
                    string otherPath = ConfigPath.Join("services", otherName);
                    yield return new RuleViolation(clash.OnPaths ? $"{path}.paths" : path, clash.What, $"{path}.host",
                        $"{path}.paths", $"{otherPath}.host", $"{otherPath}.paths");
                    break;
                }
            earlier.Add((name, service));
        }
    }

    private static IEnumerable<RuleViolation> Unreached(string path, ServiceConfig service)
    {
        string why = service.Port is null
            ? "a port, which the service does not have; add port"
            : "the load balancer, which public: false excludes";
        if (service.Host is not null)
            yield return new RuleViolation($"{path}.host", $"needs {why}, or leave host out", $"{path}.port", $"{path}.public");
        if (service.Paths.Count > 0)
            yield return new RuleViolation($"{path}.paths", $"needs {why}, or leave paths out", $"{path}.port", $"{path}.public");
        if (service.Autoscaling?.RequestsPerTask is not null)
            yield return new RuleViolation(
                $"{path}.autoscaling.requestsPerTask", $"needs {why}, or leave requestsPerTask out", $"{path}.port", $"{path}.public");
        if (service.Port is null && service.Connect is not { Name: null, Port: null })
            yield return new RuleViolation($"{path}.connect", $"needs {why}, or leave connect out", $"{path}.port");
    }

    private static (string What, bool OnPaths)? Clash(ServiceConfig a, ServiceConfig b, string nameOfB)
    {
        if (Asks(a) != Asks(b) || (a.Host is not null && b.Host is not null && a.Host != b.Host))
            return null;
        if (Asks(a) == 0)
            return ($"has neither host nor paths, like {nameOfB}; only one service can receive the requests that match no other", false);
        foreach (string mine in PathsOf(a))
            foreach (string theirs in PathsOf(b))
                if (Overlap(mine, theirs))
                    return ($"matches requests for {Where(a, mine)}, and so does {nameOfB}"
                        + (Where(a, mine) == Where(b, theirs) ? "" : $", with {Where(b, theirs)}"), a.Paths.Count > 0);
        return null;
    }

    private static int Asks(ServiceConfig service) => (service.Host is null ? 0 : 1) + (service.Paths.Count == 0 ? 0 : 1);

    private static IReadOnlyList<string> PathsOf(ServiceConfig service) => service.Paths.Count == 0 ? ["*"] : service.Paths;

    private static string Where(ServiceConfig service, string path) => service.Host switch
    {
        null => path,
        "" => $"{path} of the domain",
        _ => $"{path} of {service.Host}",
    };

    /// <summary>Whether a path exists that matches both patterns (* any characters, ? one).</summary>
    internal static bool Overlap(string a, string b)
    {
        // reach[j]: whether the characters of a that were read so far and the first j characters of b can match the same text.
        bool[] reach = new bool[b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            bool[] next = new bool[b.Length + 1];
            for (int j = 0; j <= b.Length; j++)
                next[j] = (i == 0 && j == 0)
                    || (i > 0 && a[i - 1] == '*' && reach[j])
                    || (j > 0 && b[j - 1] == '*' && next[j - 1])
                    || (i > 0 && a[i - 1] == '*' && j > 0 && next[j - 1])
                    || (j > 0 && b[j - 1] == '*' && i > 0 && reach[j])
                    || (i > 0 && j > 0 && reach[j - 1] && (a[i - 1] == b[j - 1] || a[i - 1] is '?' or '*' || b[j - 1] is '?' or '*'));
            reach = next;
        }
        return reach[b.Length];
    }
}
