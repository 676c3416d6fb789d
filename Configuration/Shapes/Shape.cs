namespace Infra.Configuration.Shapes;

/// <summary>What a value in an environment file looks like; read off the records, so that reader, schema and reference agree.</summary>
internal abstract record Shape;

internal sealed record TextShape : Shape;

internal sealed record IntegerShape : Shape;

internal sealed record NumberShape : Shape;

internal sealed record BooleanShape : Shape;

/// <param name="Item">Each of the items.</param>
/// <param name="ItemType">Their .NET type.</param>
internal sealed record ListShape(Shape Item, Type ItemType) : Shape;

/// <param name="Value">Each of the values.</param>
/// <param name="ValueType">Their .NET type.</param>
internal sealed record MapShape(Shape Value, Type ValueType) : Shape;

/// <param name="Record">Record that says what is in it.</param>
internal sealed record RecordShape(Type Record) : Shape
{
    /// <summary>Its fields, in the order of the record. Read when asked for, so that a record may hold its own kind.</summary>
    public IReadOnlyList<Field> Fields => Field.Of(Record);
}
