using Newtonsoft.Json;

namespace Infra.Operations.Terraform;

/// <summary>A planned change of one resource, or a change that was made outside Terraform.</summary>
/// <param name="Address">Address in Terraform.</param>
/// <param name="Type">Type: <c>aws_ecs_service</c>.</param>
/// <param name="Action">
/// <c>create</c>, <c>update</c>, <c>delete</c>, <c>replace</c>, <c>forget</c>; <c>move</c> and <c>import</c> if nothing else is done.
/// </param>
/// <param name="Attributes">Changed attributes; empty for a resource that is created or deleted.</param>
internal sealed record ResourceChange(string Address, string Type, string Action, IReadOnlyList<AttributeChange> Attributes)
{
    /// <summary>Address before a <c>moved</c> block, or a change of count or for_each, moved it; null if it was not moved.</summary>
    public string? PreviousAddress { get; init; }

    /// <summary>Its attribute <c>type</c> before the change, which says whether a parameter is a <c>SecureString</c>.</summary>
    public string? Kind { get; init; }

    /// <summary>Import ID, if it is imported.</summary>
    public string? ImportId { get; init; }

    /// <summary>Why Terraform chose the action, as it says it: <c>replace_because_tainted</c>; null without a special reason.</summary>
    public string? Reason { get; init; }

    /// <summary>
    /// Whether it is not the resource itself, but an earlier one that a failed replacement with create_before_destroy has left.
    /// </summary>
    public bool Deposed { get; init; }
}

/// <param name="Path">Path in the resource, also within a JSON text: <c>policy.Statement[Read].Action[0]</c>.</param>
/// <param name="Before">Old value, as JSON unless it is a string.</param>
/// <param name="After">New value.</param>
/// <param name="ForcesReplacement">Whether it cannot be changed without replacing the resource.</param>
internal sealed record AttributeChange(string Path, string Before, string After, bool ForcesReplacement = false)
{
    /// <summary>The attribute of the resource that the path starts with.</summary>
    [JsonIgnore]
    public string Attribute => Path.Split('.', '[')[0];
}
