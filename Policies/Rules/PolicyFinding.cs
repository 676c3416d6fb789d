namespace Infra.Policies.Rules;

/// <summary>A problem in a policy: AWS rejects it, it has no effect, or it is not secure.</summary>
/// <param name="Rule">Id of the rule: <c>ResourceFitsAction</c>.</param>
/// <param name="Stack">Stack of the policy.</param>
/// <param name="Address">Terraform address of the resource that contains it.</param>
/// <param name="Sid">Statement; none for the whole policy or a statement without a Sid.</param>
/// <param name="Wrong">What is wrong.</param>
/// <param name="Allowed">What is allowed.</param>
/// <param name="Fix">What to do.</param>
public sealed record PolicyFinding(string Rule, string Stack, string Address, string? Sid, string Wrong, string Allowed, string Fix)
{
    /// <summary>One line, for tests and logs.</summary>
    public override string ToString() => $"{Stack} {Address} {Sid ?? "-"}: {Wrong}; allowed: {Allowed}; fix: {Fix} [{Rule}]";
}
