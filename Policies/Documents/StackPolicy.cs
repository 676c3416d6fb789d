using Infra.Insight;

namespace Infra.Policies.Documents;

/// <summary>A policy document in a stack.</summary>
/// <param name="Stack">Its stack.</param>
/// <param name="Element">Resource that contains it.</param>
/// <param name="Kind">What it is attached to.</param>
/// <param name="Text">The whole document with expressions resolved; quotas apply to its length.</param>
/// <param name="Version">Version of the policy language; none if the document has none.</param>
/// <param name="Statements">Its statements.</param>
public sealed record StackPolicy(
    string Stack, StackElement Element, PolicyKind Kind, string Text, string? Version, IReadOnlyList<StackStatement> Statements)
{
    /// <summary>Address of its role; none for resource-based and managed policies.</summary>
    public string? Role { get; init; }

    /// <summary>ARN pattern of the resource that it is attached to, if known; only for resource-based policies.</summary>
    public string? AttachedTo { get; init; }

    /// <summary>Whether it grants permissions to roles.</summary>
    public bool IsOfIdentity => Kind is PolicyKind.Inline or PolicyKind.Managed;
}
