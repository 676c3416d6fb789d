using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary>
/// Contents of a saved plan, read from <c>terraform show -json</c> (format 1.2). Values that Terraform marks as sensitive never leave this
/// class.
/// </summary>
internal sealed class PlanContents
{
    /// <summary>Replacement for a sensitive value.</summary>
    public const string Sensitive = "(sensitive)";

    /// <summary>Replacement for a value that is only known after apply.</summary>
    public const string Unknown = "(known after apply)";

    /// <summary>Replacement for no value: null, an empty string, list or map.</summary>
    public const string Nothing = "(none)";

    private PlanContents(IReadOnlyList<ResourceChange> changes, IReadOnlyList<ResourceChange> drift)
    {
        Changes = changes;
        Drift = drift;
    }

    /// <summary>Planned changes, without outputs and data sources.</summary>
    public IReadOnlyList<ResourceChange> Changes { get; }

    /// <summary>All differences from the state that were made outside Terraform, whether they lead to changes or not.</summary>
    public IReadOnlyList<ResourceChange> Drift { get; }

    /// <summary>Reads the JSON.</summary>
    public static PlanContents Of(JObject plan) =>
        new(Read(plan["resource_changes"]).Where(change => change.Action != "no-op").ToArray(), Read(plan["resource_drift"]).ToArray());

    private static IEnumerable<ResourceChange> Read(JToken? list) =>
        from resource in (list as JArray)?.OfType<JObject>() ?? []
        where (string?)resource["mode"] == "managed"
        let change = (JObject)resource["change"]!
        select new ResourceChange((string)resource["address"]!, (string)resource["type"]!, Action(change), Attributes(change).ToArray());

    private static string Action(JObject change) => change["actions"]!.Values<string>().ToArray() switch
    {
        [var only] => only!,
        _ => "replace",
    };

    private static IEnumerable<AttributeChange> Attributes(JObject change)
    {
        if (change["before"] is not JObject before || (change["after"] as JObject) is not { } after)
            yield break;
        JToken? unknown = change["after_unknown"];
        foreach (string name in before.Properties()
            .Concat(after.Properties())
            .Select(property => property.Name)
            .Concat((unknown as JObject)?.Properties().Select(property => property.Name) ?? [])
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            bool isUnknown = Marked((unknown as JObject)?[name]);
            if (!isUnknown && Same(before[name], after[name]))
                continue;
            bool sensitive = Marked((change["before_sensitive"] as JObject)?[name])
                || Marked((change["after_sensitive"] as JObject)?[name]);
            yield return new AttributeChange(
                name, sensitive ? Sensitive : Text(before[name]), isUnknown ? Unknown : sensitive ? Sensitive : Text(after[name]));
        }
    }

    // Sensitive and unknown parts are marked by true in place of the value; others are omitted, or an empty list or object.
    private static bool Marked(JToken? mark) => mark switch
    {
        JValue { Type: JTokenType.Boolean } value => value.Value<bool>(),
        JContainer container =>
            container.DescendantsAndSelf().OfType<JValue>().Any(value => value.Type == JTokenType.Boolean && value.Value<bool>()),
        _ => false,
    };

    // Providers write no value as null, or as an empty string, list or map.
    private static bool Same(JToken? one, JToken? other) => (IsNothing(one) && IsNothing(other)) || JToken.DeepEquals(one, other);

    private static bool IsNothing(JToken? value) => value switch
    {
        null or { Type: JTokenType.Null } => true,
        JValue { Type: JTokenType.String } text => text.Value<string>()!.Length == 0,
        JContainer container => container.Count == 0,
        _ => false,
    };

    private static string Text(JToken? value) => value switch
    {
        _ when IsNothing(value) => Nothing,
        JValue { Type: JTokenType.String } text => text.Value<string>()!,
        _ => value!.ToString(Formatting.None),
    };
}

/// <param name="Address">Address in Terraform.</param>
/// <param name="Type">Type: <c>aws_ecs_service</c>.</param>
/// <param name="Action"><c>create</c>, <c>update</c>, <c>delete</c>, <c>replace</c>, <c>forget</c>.</param>
/// <param name="Attributes">Changed attributes; empty for a resource that is created or deleted.</param>
internal sealed record ResourceChange(string Address, string Type, string Action, IReadOnlyList<AttributeChange> Attributes);

/// <param name="Name">Top-level attribute of the resource.</param>
/// <param name="Before">Old value, as JSON unless it is a string.</param>
/// <param name="After">New value.</param>
internal sealed record AttributeChange(string Name, string Before, string After);
