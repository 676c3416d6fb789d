namespace Infra.Configuration.Schemas;

/// <summary>Schema of a value in an environment file; derived from the records, so that reader, schema and reference agree.</summary>
internal abstract record Schema;

internal record TextSchema : Schema;

/// <param name="Values">Values of an enum by their texts, which are all that is allowed.</param>
internal sealed record EnumSchema(IReadOnlyDictionary<string, Enum> Values) : TextSchema;

internal sealed record IntegerSchema : Schema;

internal sealed record NumberSchema : Schema;

internal sealed record BooleanSchema : Schema;

/// <param name="Item">Schema of the items.</param>
/// <param name="ItemType">Their .NET type.</param>
internal sealed record ListSchema(Schema Item, Type ItemType) : Schema;

/// <param name="Value">Schema of the values.</param>
/// <param name="ValueType">Their .NET type.</param>
internal sealed record MapSchema(Schema Value, Type ValueType) : Schema;

/// <summary>Sections by the name of their extension, each with its own schema.</summary>
internal sealed record ExtensionsSchema : Schema;

/// <param name="Record">Record type of the object.</param>
internal sealed record RecordSchema(Type Record) : Schema
{
    /// <summary>Its fields, in the order of the record. Lazy, so that a record can contain its own type.</summary>
    public IReadOnlyList<Field> Fields => Field.Of(Record);
}
