using System.Globalization;
using System.Text;
using Infra.Configuration.Model;
using Infra.Configuration.Schemas;
using Newtonsoft.Json;

namespace Infra.Configuration;

/// <summary>Writes the reference of environment files in Markdown: a table of keys for each section.</summary>
public static class ReferenceWriter
{
    /// <summary>The generated part of <c>docs/configuration.md</c>.</summary>
    public static string Write()
    {
        var text = new StringBuilder();
        var waiting = new Queue<(string Path, RecordSchema Record)>([("", new RecordSchema(typeof(EnvironmentConfig)))]);
        while (waiting.TryDequeue(out (string Path, RecordSchema Record) section))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {(section.Path.Length == 0 ? "The environment" : $"`{section.Path}`")}\n\n");
            text.Append("| key | type | default | what it is |\n|---|---|---|---|\n");
            foreach (Field field in section.Record.Fields)
            {
                string path = section.Path.Length == 0 ? field.Key : $"{section.Path}.{field.Key}";
                text.Append(CultureInfo.InvariantCulture,
                    $"| `{field.Key}` | {TypeOf(field)} | {DefaultOf(field)} | {Cell(field.Description)} |\n");
                if (field.Schema is RecordSchema record)
                    waiting.Enqueue((path, record));
                else if (field.Schema is MapSchema { Value: RecordSchema value })
                    waiting.Enqueue(($"{path}.*", value));
            }
        }
        return text.ToString();
    }

    private static string TypeOf(Field field)
    {
        string type = Name(field.Schema);
        Limits limits = field.Limits;
        if (limits.Allowed is { } allowed)
            type = (field.Schema switch { ListSchema => "list of ", MapSchema => "by name: ", _ => "" })
                + string.Join(", ", allowed.Select(a => $"`{a}`"));
        else if (limits.Range is { } range)
            type += $", {range.Minimum} to {range.Maximum}";
        else if (limits.Pattern is { } pattern)
            type = $"{(field.Schema is ListSchema ? "list of " : "")}{pattern}";
        return Cell(type);
    }

    private static string Name(Schema shape) => shape switch
    {
        TextSchema => "text",
        BooleanSchema => "true or false",
        IntegerSchema => "whole number",
        NumberSchema => "number",
        ListSchema list => $"list of {Name(list.Item)}",
        MapSchema { Value: RecordSchema } => "objects by name",
        MapSchema => "texts by name",
        _ => "object",
    };

    private static string DefaultOf(Field field) => field switch
    {
        { Required: true } => "required",
        { Default: null or "" } or { Schema: RecordSchema or MapSchema or ExtensionsSchema } => "",
        _ => Cell($"`{JsonConvert.SerializeObject(field.Default)}`"),
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
