namespace Infra.Configuration.Reading;

/// <summary>Where something stands: a file as findings name it, line and column from 1.</summary>
internal readonly record struct Position(string File, int Line, int Column);

/// <summary>A JSON value that knows where it was written, also after files were merged.</summary>
internal abstract record Node(Position At);

/// <summary>Text, a number, true, false or null.</summary>
/// <param name="At">Its first character.</param>
/// <param name="Value">A string, long, double, bool or null; a number beyond long is a double.</param>
internal sealed record ScalarNode(Position At, object? Value) : Node(At);

internal sealed record ArrayNode(Position At, IReadOnlyList<Node> Items) : Node(At);

internal sealed record ObjectNode(Position At, IReadOnlyList<Member> Members) : Node(At)
{
    public Member? Find(string name) => Members.FirstOrDefault(m => m.Name == name);

    public ObjectNode Without(params string[] names) => this with { Members = [.. Members.Where(m => !names.Contains(m.Name))] };
}

/// <summary>A key and its value.</summary>
/// <param name="Name">The key.</param>
/// <param name="At">First character of the key.</param>
/// <param name="Value">Its value.</param>
internal sealed record Member(string Name, Position At, Node Value)
{
    /// <summary>Where findings about the value point to: a scalar itself, or the key of something longer.</summary>
    public Position Pointer => Value is ScalarNode ? Value.At : At;
}
