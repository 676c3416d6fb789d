using System.Globalization;
using Infra.Configuration.Model;
using Infra.Configuration.Schemas;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Configuration;

/// <summary>Writes the JSON Schema (draft-07) of environment files, which editors use for completion and validation.</summary>
public static class SchemaWriter
{
    /// <summary>Text of <c>environments/schema.json</c>.</summary>
    public static string Write()
    {
        var definitions = new SortedDictionary<string, JObject>(StringComparer.Ordinal);
        var root = new RecordSchema(typeof(EnvironmentConfig));
        JObject properties = Properties(root, definitions);
        properties.AddFirst(new JProperty("extends", new JObject
        {
            ["description"] = "File that this one extends (JSON merge patch), relative to this one.",
            ["type"] = "string",
        }));
        properties.AddFirst(new JProperty("$schema", new JObject { ["type"] = "string" }));

        var schema = new JObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Environment",
            ["description"] = "One deployment. Written by ./infra test from the records in Configuration/Model; do not edit.",
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
            // An extended file has no name, and a file that extends another need not be complete: required keys only apply to files with a
            // name and without extends.
            ["if"] = new JObject { ["required"] = new JArray("name"), ["not"] = new JObject { ["required"] = new JArray("extends") } },
            ["then"] = Needed(root),
            ["definitions"] = new JObject(definitions.Select(d => new JProperty(d.Key, d.Value))),
        };
        return schema.ToString(Formatting.Indented).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>Text of <c>Extensions/schema.json</c>.</summary>
    /// <param name="sections">Types of the sections by the name of their extension.</param>
    public static string WriteExtensions(IEnumerable<KeyValuePair<string, Type>> sections)
    {
        var definitions = new SortedDictionary<string, JObject>(StringComparer.Ordinal);
        var properties = new JObject();
        foreach ((string name, Type type) in sections.OrderBy(section => section.Key, StringComparer.Ordinal))
        {
            var record = new RecordSchema(type);
            properties[name] = new JObject
            {
                ["description"] = $"Section of the extension {name}.",
                ["type"] = Types("object", required: false),
                ["properties"] = Properties(record, definitions),
                ["additionalProperties"] = false,
            };
        }
        var schema = new JObject
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["description"] = "Sections of extensions. Written by ./infra test from the records in Extensions; do not edit.",
            ["type"] = Types("object", required: false),
            ["properties"] = properties,
            ["additionalProperties"] = false,
            ["definitions"] = new JObject(definitions.Select(d => new JProperty(d.Key, d.Value))),
        };
        return schema.ToString(Formatting.Indented).ReplaceLineEndings("\n") + "\n";
    }

    private static JObject Properties(RecordSchema record, SortedDictionary<string, JObject> definitions) =>
        new(record.Fields.Select(field => new JProperty(field.Key, Property(field, definitions))));

    private static JObject Property(Field field, SortedDictionary<string, JObject> definitions)
    {
        JObject schema = Of(field.Schema, field.Limits, field.Required, definitions);
        // Draft-07 ignores keywords next to $ref.
        if (schema.ContainsKey("$ref"))
            schema = new JObject { ["allOf"] = new JArray(schema) };
        schema.AddFirst(new JProperty("description", field.Description));
        if (DefaultOf(field) is { } value)
            schema["default"] = value;
        return schema;
    }

    private static JObject Of(Schema shape, Limits limits, bool required, SortedDictionary<string, JObject> definitions)
    {
        switch (shape)
        {
            case RecordSchema record:
                string name = NameOf(record);
                if (definitions.TryAdd(name, []))
                    definitions[name] = new JObject
                    {
                        ["type"] = Types("object", required: false),
                        ["properties"] = Properties(record, definitions),
                        ["additionalProperties"] = false,
                    };
                return new JObject { ["$ref"] = $"#/definitions/{name}" };

            case ListSchema list:
                var array = new JObject
                {
                    ["type"] = Types("array", required),
                    ["items"] = Of(list.Item, limits, required: true, definitions),
                    ["uniqueItems"] = !limits.Repeats,
                };
                return With(array, ("minItems", limits.MinLength), ("maxItems", limits.MaxLength));

            case MapSchema map:
                var value = new JObject
                {
                    ["type"] = Types("object", required),
                    ["additionalProperties"] = Of(map.Value, limits, required: false, definitions),
                };
                if (limits.Keys is { } keys)
                    value["propertyNames"] = new JObject { ["pattern"] = keys.Anchored };
                return value;

            // A file of its own, so that a team's sections are not in a file that upstream changes.
            case ExtensionsSchema:
                return new JObject { ["$ref"] = "../Extensions/schema.json" };

            default:
                return Scalar(shape, limits, required);
        }
    }

    private static JObject Scalar(Schema shape, Limits limits, bool required)
    {
        var schema = new JObject
        {
            ["type"] = Types(
                shape switch { TextSchema => "string", BooleanSchema => "boolean", IntegerSchema => "integer", _ => "number" }, required),
        };
        if (limits.Allowed is { } allowed)
            schema["enum"] = new JArray(required ? allowed : [.. allowed, null!]);
        if (limits.Pattern is { } pattern)
            schema["pattern"] = pattern.Anchored;
        return limits.Range is { } range
            ? With(schema, ("minimum", Convert.ToInt64(range.Minimum, CultureInfo.InvariantCulture)),
                ("maximum", Convert.ToInt64(range.Maximum, CultureInfo.InvariantCulture)))
            : schema;
    }

    // null removes a value of an extended file, and otherwise means the default.
    private static JToken Types(string type, bool required) => required ? type : new JArray(type, "null");

    private static JObject With(JObject schema, params (string Key, long? Value)[] limits)
    {
        foreach ((string key, long? value) in limits)
            if (value is not null)
                schema[key] = value;
        return schema;
    }

    /// <summary>Required keys, as a schema that contains nothing else: of the environment and of its parts.</summary>
    private static JObject? Needed(RecordSchema record)
    {
        var inner = new JObject();
        foreach (Field field in record.Fields)
        {
            JObject? needed = field.Schema switch
            {
                RecordSchema nested => Needed(nested),
                MapSchema { Value: RecordSchema nested } when Needed(nested) is { } each => new JObject { ["additionalProperties"] = each },
                _ => null,
            };
            if (needed is not null)
                inner[field.Key] = needed;
        }
        string[] required = [.. record.Fields.Where(f => f.Required).Select(f => f.Key)];
        if (required.Length == 0 && inner.Count == 0)
            return null;
        var schema = new JObject();
        if (required.Length > 0)
            schema["required"] = new JArray(required);
        if (inner.Count > 0)
            schema["properties"] = inner;
        return schema;
    }

    private static JToken? DefaultOf(Field field) => field switch
    {
        { Default: null } or { Schema: RecordSchema or MapSchema or ExtensionsSchema } => null,
        _ => JToken.FromObject(field.Default),
    };

    private static string NameOf(RecordSchema record) =>
        record.Record.Name.Replace("Config", "", StringComparison.Ordinal) is { Length: > 0 } name
        ? char.ToLowerInvariant(name[0]) + name[1..]
        : record.Record.Name;
}
