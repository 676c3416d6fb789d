namespace Infra.Configuration.Schemas;

/// <summary>What a value in an environment file looks like; read off the records, so that reader, schema and reference agree.</summary>
internal abstract record Schema;

internal sealed record TextSchema : Schema;

internal sealed record IntegerSchema : Schema;

internal sealed record NumberSchema : Schema;

internal sealed record BooleanSchema : Schema;

/// <param name="Item">Each of the items.</param>
/// <param name="ItemType">Their .NET type.</param>
internal sealed record ListSchema(Schema Item, Type ItemType) : Schema;

/// <param name="Value">Each of the values.</param>
/// <param name="ValueType">Their .NET type.</param>
internal sealed record MapSchema(Schema Value, Type ValueType) : Schema;

/// <param name="Record">Record that says what is in it.</param>
internal sealed record RecordSchema(Type Record) : Schema
{
    /// <summary>Its fields, in the order of the record. Read when asked for, so that a record may hold its own kind.</summary>
    public IReadOnlyList<Field> Fields => Field.Of(Record);
}
