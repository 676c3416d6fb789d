using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary>Values of a resource before or after a plan, without attributes that are or contain something sensitive.</summary>
/// <param name="Address">Address in Terraform.</param>
/// <param name="Type">Type: <c>aws_ecs_service</c>.</param>
/// <param name="Values">Its attributes; those that have no value are left out.</param>
/// <param name="Unknown">Attributes that are only known after apply.</param>
internal sealed record ResourceValues(string Address, string Type, JObject Values, IReadOnlyList<string> Unknown)
{
    /// <summary>Managed resources before a plan, or after it.</summary>
    /// <param name="changes">The plan's <c>resource_changes</c>, which also has what does not change.</param>
    /// <param name="after">Whether to read the values after it.</param>
    public static IEnumerable<ResourceValues> Of(JToken? changes, bool after)
    {
        foreach (JObject resource in (changes as JArray)?.OfType<JObject>() ?? [])
        {
            var change = (JObject)resource["change"]!;
            // Forgotten: only removed from the state, it still exists in AWS.
            bool isAfter = after && change["actions"]!.Values<string>().All(action => action != "forget");
            if ((string?)resource["mode"] != "managed" || change[isAfter ? "after" : "before"] is not JObject values)
                continue;
            var sensitive = change[isAfter ? "after_sensitive" : "before_sensitive"] as JObject;
            var unknown = (isAfter ? change["after_unknown"] : null) as JObject;
            // One that a failed replacement has left has the address of the resource.
            string deposed = (string?)resource["deposed"] is { } key ? $" (deposed {key})" : "";
            yield return new ResourceValues(
                (string)resource["address"]! + deposed,
                (string)resource["type"]!,
                new JObject(values.Properties().Where(value => !HasMark(sensitive?[value.Name]) && !IsNothing(value.Value))
                    .Select(value => new JProperty(value.Name, WithoutNothing(value.Value)))),
                [.. unknown?.Properties().Where(mark => mark.Value is JValue && HasMark(mark.Value)).Select(mark => mark.Name) ?? []]);
        }
    }

    private static bool HasMark(JToken? mark) => mark is JContainer parts ? parts.Descendants().Any(IsTrue) : IsTrue(mark);

    private static bool IsTrue(JToken? mark) => mark is JValue { Type: JTokenType.Boolean } value && value.Value<bool>();

    // The state has every attribute and block of the schema, also those that are not configured.
    private static bool IsNothing(JToken value) => value switch
    {
        { Type: JTokenType.Null } => true,
        JArray list => list.Count == 0,
        _ => false,
    };

    private static JToken WithoutNothing(JToken value) => value switch
    {
        JObject map => new JObject(map.Properties().Where(each => !IsNothing(each.Value))
            .Select(each => new JProperty(each.Name, WithoutNothing(each.Value)))),
        JArray list => new JArray(list.Select(WithoutNothing)),
        _ => value.DeepClone(),
    };
}
