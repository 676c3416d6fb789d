using System.Globalization;
using Infra.Configuration.Model;
using Infra.Configuration.Schemas;

namespace Infra.Configuration.Reading;

/// <summary>Converts single JSON values to .NET values, with messages for values that do not match.</summary>
internal static class Scalars
{
    /// <summary>The value in the type of the schema (string, bool, int, double), or null if it has another type.</summary>
    public static object? Convert(Schema shape, object value) => (shape, value) switch
    {
        (TextSchema, string) or (BooleanSchema, bool) => value,
        (IntegerSchema, long number) when number is >= int.MinValue and <= int.MaxValue => (int)number,
        (NumberSchema, long number) => (double)number,
        (NumberSchema, double number) when double.IsFinite(number) => number,
        _ => null,
    };

    /// <summary>The value as JSON.</summary>
    public static string Show(object? value) => value switch
    {
        null => "null",
        string text when text.Length > 80 => $"\"{text[..77]}…\"",
        string text => $"\"{text}\"",
        Enum closed => Show(closed.Text()),
        bool truth => truth ? "true" : "false",
        _ => System.Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    public static string WrongType(Schema shape, Node node)
    {
        string given = node switch
        {
            ObjectNode => "is an object",
            ArrayNode => "is a list",
            ScalarNode { Value: null } => "is null",
            ScalarNode { Value: string text } => $"is the text {Show(text)}",
            ScalarNode { Value: bool truth } => $"is {Show(truth)}",
            ScalarNode scalar => $"is the number {Show(scalar.Value)}",
            _ => throw new ArgumentOutOfRangeException(nameof(node)),
        };
        if (shape is IntegerSchema && node is ScalarNode { Value: long })
            return $"{given}, which is too large";
        return $"{given}; {Expected(shape)} is expected{Hint(shape, node)}";
    }

    private static string Expected(Schema shape) => shape switch
    {
        TextSchema => "text",
        BooleanSchema => "true or false",
        IntegerSchema => "a whole number",
        NumberSchema => "a number",
        ListSchema => "a list [ … ]",
        MapSchema or RecordSchema => "an object { … }",
        _ => throw new ArgumentOutOfRangeException(nameof(shape)),
    };

    private static string Hint(Schema shape, Node node) => (shape, node) switch
    {
        (TextSchema, ScalarNode { Value: long or double or bool }) => "; write it in double quotes",
        (IntegerSchema, ScalarNode { Value: string text }) when int.TryParse(text, CultureInfo.InvariantCulture, out _) =>
            "; write it without quotes",
        (BooleanSchema, ScalarNode { Value: "true" or "false" }) => "; write it without quotes",
        (ListSchema { Item: TextSchema }, ScalarNode { Value: string text }) => $"; write [{Show(text)}]",
        _ => "",
    };
}
