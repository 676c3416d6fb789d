namespace Infra.Configuration.Reading;

/// <summary>A position: file as in findings, line and column from 1.</summary>
internal readonly record struct Position(string File, int Line, int Column);

/// <summary>A JSON value with its position, which is kept when files are merged.</summary>
internal abstract record Node(Position At);

/// <summary>A string, a number, true, false or null.</summary>
/// <param name="At">Position of its first character.</param>
/// <param name="Value">A string, long, double, bool or null; a number outside of long is a double.</param>
internal sealed record ScalarNode(Position At, object? Value) : Node(At);

internal sealed record ArrayNode(Position At, IReadOnlyList<Node> Items) : Node(At);

internal sealed record ObjectNode(Position At, IReadOnlyList<Member> Members) : Node(At)
{
    public Member? Find(string name) => Members.FirstOrDefault(m => m.Name == name);

    public ObjectNode Without(params string[] names) => this with { Members = [.. Members.Where(m => !names.Contains(m.Name))] };
}

/// <summary>A key and its value.</summary>
/// <param name="Name">The key.</param>
/// <param name="At">Position of the key.</param>
/// <param name="Value">Its value.</param>
internal sealed record Member(string Name, Position At, Node Value)
{
    /// <summary>Position for findings about the value: a scalar itself, or the key of a longer value.</summary>
    public Position Pointer => Value is ScalarNode ? Value.At : At;
}
