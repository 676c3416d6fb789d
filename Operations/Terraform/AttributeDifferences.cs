using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary>
/// Finds what differs between the values of a resource before and after a change, by path: also in blocks, lists, and texts that are JSON,
/// such as policies and container definitions.
/// </summary>
internal static class AttributeDifferences
{
    // Elements of a list are matched by the first of these that all of them have, each with another value, so that an element that is
    // inserted does not change all the following ones.
    private static readonly string[] Keys = ["name", "Name", "Sid", "sid", "key", "Key", "id", "Id"];

    /// <summary>Differences of a change in the format of <c>terraform show -json</c>, by attribute.</summary>
    public static IEnumerable<AttributeChange> Of(JObject change)
    {
        if (change["before"] is not JObject before || change["after"] is not JObject after)
            return [];
        HashSet<string> forcing =
        [
            .. (change["replace_paths"] as JArray ?? []).OfType<JArray>().Select(path => path.First?.ToString()).OfType<string>(),
        ];
        return Names(before, after, change["after_unknown"]).Order(StringComparer.Ordinal)
            .SelectMany(name => Compare(name, new Values(
                before[name], after[name], Part(change["after_unknown"], name), Part(change["before_sensitive"], name),
                Part(change["after_sensitive"], name))))
            .Select(difference => difference with { ForcesReplacement = forcing.Contains(difference.Attribute) });
    }

    private static IEnumerable<AttributeChange> Compare(string path, Values values)
    {
        if (!values.HasUnknown && Same(values.Before, values.After))
            return [];
        return values switch
        {
            { IsWhole: true } => [values.Change(path)],
            _ when IsNothing(values.Before) || IsNothing(values.After) => [values.Change(path)],
            { Before: JObject before, After: JObject after } => Names(before, after, values.Unknown)
                .SelectMany(name => Compare($"{path}.{name}", values.Of(name))),
            { Before: JArray before, After: JArray after } when values.HasUnknown || values.HasSensitive => before.Count == after.Count
                ? Enumerable.Range(0, after.Count).SelectMany(at => Compare($"{path}[{at}]", values.Of(at)))
                : [values.Change(path)],
            { Before: JArray before, After: JArray after } => CompareLists(path, before, after),
            _ when Json(values.Before) is { } before && Json(values.After) is { } after => Compare(path, new Values(before, after)),
            _ => [values.Change(path)],
        };
    }

    private static IEnumerable<AttributeChange> CompareLists(string path, JArray before, JArray after)
    {
        if (Keys.FirstOrDefault(key => IsKey(before, key) && IsKey(after, key)) is { } key)
        {
            Dictionary<string, JToken> old = ByKey(before, key), now = ByKey(after, key);
            return old.Keys.Concat(now.Keys).Distinct(StringComparer.Ordinal).SelectMany(name =>
                Compare($"{path}[{name}]", new Values(old.GetValueOrDefault(name), now.GetValueOrDefault(name))));
        }

        // Equal elements are left out, wherever they are: most lists of the provider are sets.
        List<(JToken Value, int At)> added = [.. after.Select((value, at) => (value, at))];
        var removed = new List<(JToken Value, int At)>();
        foreach ((JToken value, int at) in before.Select((value, at) => (value, at)))
        {
            int same = added.FindIndex(other => JToken.DeepEquals(other.Value, value));
            if (same >= 0)
                added.RemoveAt(same);
            else
                removed.Add((value, at));
        }

        return (removed.Count, added.Count) switch
        {
            (0, 0) => [new Values(before, after).Change(path)],
            var (old, now) when old == now =>
                removed.Zip(added).SelectMany(pair =>
                    Compare($"{path}[{pair.First.At}]", new Values(pair.First.Value, pair.Second.Value))),
            _ =>
            [
                .. removed.Select(each => new Values(each.Value, null).Change($"{path}[{each.At}]")),
                .. added.Select(each => new Values(null, each.Value).Change($"{path}[{each.At}]")),
            ],
        };
    }

    private static bool IsKey(JArray list, string key)
    {
        string?[] values = [.. list.Select(element => (element as JObject)?[key] is JValue { Type: JTokenType.String } value
            ? (string?)value
            : null)];
        return values.Length > 0 && values.All(value => !string.IsNullOrEmpty(value))
            && values.Distinct(StringComparer.Ordinal).Count() == values.Length;
    }

    private static Dictionary<string, JToken> ByKey(JArray list, string key) =>
        list.ToDictionary(element => (string)element[key]!, StringComparer.Ordinal);

    private static IEnumerable<string> Names(JObject before, JObject after, JToken? unknown) => before.Properties()
        .Concat(after.Properties()).Concat((unknown as JObject)?.Properties() ?? [])
        .Select(property => property.Name).Distinct(StringComparer.Ordinal);

    private static JToken? Part(JToken? marks, object at) => (marks, at) switch
    {
        (JObject parts, string name) => parts[name],
        (JArray parts, int index) when index < parts.Count => parts[index],
        // A mark of the whole is one of each part.
        (JValue whole, _) => whole,
        _ => null,
    };

    // Sensitive and unknown parts are marked by true in place of the value; others are omitted, or an empty list or object.
    private static bool IsMarked(JToken? mark) => mark switch
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

    private static JContainer? Json(JToken? value)
    {
        if (value is not JValue { Type: JTokenType.String } || (string)value! is not ['{' or '[', ..] text)
            return null;
        try
        {
            using var reader = new JsonTextReader(new StringReader(text)) { DateParseHandling = DateParseHandling.None };
            return JToken.ReadFrom(reader) as JContainer;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JToken? value) => value switch
    {
        _ when IsNothing(value) => PlanContents.Nothing,
        JValue { Type: JTokenType.String } text => text.Value<string>()!,
        _ => value!.ToString(Formatting.None),
    };

    /// <summary>Two values, with Terraform's marks of their parts.</summary>
    private sealed record Values(
        JToken? Before, JToken? After, JToken? Unknown = null, JToken? HiddenBefore = null, JToken? HiddenAfter = null)
    {
        public bool HasUnknown => IsMarked(Unknown);

        public bool HasSensitive => IsMarked(HiddenBefore) || IsMarked(HiddenAfter);

        /// <summary>Whether a mark is about the whole value, so that its parts must not or cannot be compared.</summary>
        public bool IsWhole => new[] { Unknown, HiddenBefore, HiddenAfter }.Any(mark => mark is JValue && IsMarked(mark));

        public Values Of(object at) => new(
            Element(Before, at), Element(After, at), Part(Unknown, at), Part(HiddenBefore, at), Part(HiddenAfter, at));

        public AttributeChange Change(string path) => new(
            path, HasSensitive ? PlanContents.Sensitive : Text(Before),
            HasUnknown ? PlanContents.Unknown : HasSensitive ? PlanContents.Sensitive : Text(After));

        private static JToken? Element(JToken? value, object at) => (value, at) switch
        {
            (JObject parts, string name) => parts[name],
            (JArray parts, int index) => parts[index],
            _ => null,
        };
    }
}
