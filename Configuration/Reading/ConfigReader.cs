using System.Collections;
using Infra.Configuration.Extensions;
using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Schemas;

namespace Infra.Configuration.Reading;

/// <summary>
/// Converts merged JSON to the configuration records and finds errors of form: unknown and missing keys, types, limits. An invalid value is
/// replaced by a placeholder, so that the rest is still read; <see cref="Broken"/> lists these paths.
/// </summary>
internal sealed class ConfigReader(List<Finding> findings)
{
    // A finding is one line.
    private const int MostListedKeys = 8;

    private readonly HashSet<string> _broken = new(StringComparer.Ordinal);

    /// <summary>Paths whose values are placeholders; no conclusions can be drawn from them.</summary>
    public IReadOnlySet<string> Broken => _broken;

    public EnvironmentConfig Read(ObjectNode root) =>
        (EnvironmentConfig)Record(new RecordSchema(typeof(EnvironmentConfig)), root, "", root.At);

    private object Record(RecordSchema shape, ObjectNode node, string path, Position at)
    {
        object record = Activator.CreateInstance(shape.Record)!;
        foreach (Field field in shape.Fields)
        {
            string inner = ConfigPath.Join(path, field.Key);
            if (node.Find(field.Key) is { } member)
            {
                field.Property.SetValue(
                    record, Value(field, field.Schema, field.Property.PropertyType, member.Value, inner, member.Pointer));
            }
            else if (field.Required)
            {
                if (!_broken.Contains(inner))
                    Report(inner, at, $"is missing: {FirstSentence(field.Description)}", broken: false);
                _broken.Add(inner);
                field.Property.SetValue(record, StandIn(field.Schema, field.Property.PropertyType));
            }
        }
        UnknownKeys(shape, node, path);
        return record;
    }

    private void UnknownKeys(RecordSchema shape, ObjectNode node, string path)
    {
        foreach (Member member in node.Members.Where(m => shape.Fields.All(f => f.Key != m.Name)))
        {
            string[] keys = [.. shape.Fields.Select(f => f.Key)];
            IReadOnlyList<string> meant = KeySuggestions.For(member.Name, [.. keys.Where(key => node.Find(key) is null)]);
            string hint = meant.Count > 0 ? $"; did you mean {KeySuggestions.Choice(meant)}?"
                : KeySuggestions.For(member.Name, keys) is { Count: > 0 } given ? $"; {KeySuggestions.Choice(given)} is there already"
                : keys.Length <= MostListedKeys ? $"; allowed: {string.Join(", ", keys)}"
                : "; docs/configuration.md has all keys";
            Report(ConfigPath.Join(path, member.Name), member.At, $"unknown key{hint}");
            // The key that was meant is missing, so findings about its absence would be misleading.
            foreach (string key in meant)
                _broken.Add(ConfigPath.Join(path, key));
        }
    }

    private object? Value(Field field, Schema shape, Type type, Node node, string path, Position at)
    {
        switch (shape, node)
        {
            case (RecordSchema record, ObjectNode entries):
                return Record(record, entries, path, at);
            case (ListSchema list, ArrayNode items):
                return List(field, list, items, path, at);
            case (MapSchema map, ObjectNode entries):
                return Map(field, map, entries, path, at);
            case (ExtensionsSchema, ObjectNode entries):
                return Extensions(entries, path);
        }

        if (node is ScalarNode { Value: { } value } && Scalars.Convert(shape, value) is { } converted)
        {
            if (ValueLimits.Problem(field.Limits, converted, measureText: field.Schema is TextSchema) is not { } problem)
                return shape is EnumSchema closed ? closed.Values[(string)converted] : converted;
            Report(path, at, problem);
        }
        else
        {
            Report(path, at, Scalars.WrongType(shape, node));
        }
        return StandIn(shape, type);
    }

    private Array List(Field field, ListSchema shape, ArrayNode node, string path, Position at)
    {
        if (ValueLimits.CountProblem(field.Limits, node.Items.Count, "item") is { } problem)
            Report(path, at, problem);

        var items = Array.CreateInstance(shape.ItemType, node.Items.Count);
        var seen = new Dictionary<object, int>();
        for (int i = 0; i < node.Items.Count; i++)
        {
            string inner = ConfigPath.Item(path, i);
            object? item = Value(field, shape.Item, shape.ItemType, node.Items[i], inner, node.Items[i].At);
            items.SetValue(item, i);
            if (!field.Limits.Repeats && node.Items[i] is ScalarNode && !_broken.Contains(inner) && !seen.TryAdd(item!, i))
                Report(inner, node.Items[i].At, $"{Scalars.Show(item)} is given twice");
        }
        return items;
    }

    private IDictionary Map(Field field, MapSchema shape, ObjectNode node, string path, Position at)
    {
        if (ValueLimits.CountProblem(field.Limits, node.Members.Count, "entry") is { } problem)
            Report(path, at, problem);

        var map = (IDictionary)Activator.CreateInstance(
            typeof(Dictionary<,>).MakeGenericType(typeof(string), shape.ValueType), node.Members.Count, StringComparer.Ordinal)!;
        foreach (Member member in node.Members)
        {
            string inner = ConfigPath.Join(path, member.Name);
            if (field.Limits.Keys is { } keys && !keys.Matches(member.Name))
                Report(inner, member.At, $"{Scalars.Show(member.Name)} is not {keys}");
            map.Add(member.Name, Value(field, shape.Value, shape.ValueType, member.Value, inner, member.Pointer));
        }
        return map;
    }

    private Dictionary<string, ExtensionConfig> Extensions(ObjectNode node, string path)
    {
        var sections = new Dictionary<string, ExtensionConfig>(StringComparer.Ordinal);
        foreach (Member member in node.Members)
        {
            string inner = ConfigPath.Join(path, member.Name);
            if (ExtensionSections.Of(member.Name) is not { } type)
                Report(inner, member.At, "unknown extension; " + (ExtensionSections.Names.Count == 0
                    ? "there is none in Extensions/"
                    : $"available: {string.Join(", ", ExtensionSections.Names)}"
                        + ClosestMatch.Hint(member.Name, ExtensionSections.Names)));
            else if (member.Value is ObjectNode entries)
                sections.Add(member.Name, (ExtensionConfig)Record(new RecordSchema(type), entries, inner, member.Pointer));
            else
                Report(inner, member.Pointer, Scalars.WrongType(new RecordSchema(type), member.Value));
        }
        return sections;
    }

    // A value of the right type that causes no errors.
    private static object? StandIn(Schema shape, Type type) => shape switch
    {
        // Equal to no member.
        EnumSchema => Enum.ToObject(Nullable.GetUnderlyingType(type) ?? type, -1),
        TextSchema => "",
        ListSchema list => Array.CreateInstance(list.ItemType, 0),
        RecordSchema record => StandInRecord(record),
        ExtensionsSchema => new Dictionary<string, ExtensionConfig>(),
        MapSchema map => Activator.CreateInstance(typeof(Dictionary<,>).MakeGenericType(typeof(string), map.ValueType)),
        _ => Activator.CreateInstance(Nullable.GetUnderlyingType(type) ?? type),
    };

    private static object StandInRecord(RecordSchema shape)
    {
        object record = Activator.CreateInstance(shape.Record)!;
        foreach (Field field in shape.Fields.Where(f => f.Required))
            field.Property.SetValue(record, StandIn(field.Schema, field.Property.PropertyType));
        return record;
    }

    private static string FirstSentence(string text) => text.Split(". ", 2)[0].TrimEnd('.').Split(';', 2)[0];

    private void Report(string path, Position at, string message, bool broken = true)
    {
        findings.Add(new Finding(at.File, at.Line, at.Column, path, message));
        if (broken)
            _broken.Add(path);
    }
}
