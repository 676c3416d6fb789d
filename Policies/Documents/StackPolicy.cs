using Infra.Insight;

namespace Infra.Policies.Documents;

/// <summary>A policy document somewhere in a stack.</summary>
/// <param name="Stack">Stack that makes it.</param>
/// <param name="Element">Resource that holds it.</param>
/// <param name="Kind">What it is attached to.</param>
/// <param name="Text">The whole document with expressions resolved; its length is what quotas count.</param>
/// <param name="Version">Version of the policy language; none where the document names none.</param>
/// <param name="Statements">Its statements.</param>
public sealed record StackPolicy(string Stack, StackElement Element, PolicyKind Kind, string Text, string? Version, IReadOnlyList<StackStatement> Statements)
{
    /// <summary>The role that it is for, by its address; none for policies of resources and managed policies.</summary>
    public string? Role { get; init; }

    /// <summary>ARN pattern of the resource that it is attached to, where it can be told; only for policies of resources.</summary>
    public string? AttachedTo { get; init; }

    /// <summary>Whether it gives permissions to roles.</summary>
    public bool IsOfIdentity => Kind is PolicyKind.Inline or PolicyKind.Managed;
}
