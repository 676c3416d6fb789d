namespace Infra.Policies.Rules;

/// <summary>Something in a policy that AWS would refuse, never use, or that is not safe.</summary>
/// <param name="Rule">Id of the rule: <c>ResourceFitsAction</c>.</param>
/// <param name="Stack">Stack that makes the policy.</param>
/// <param name="Address">Terraform's address of the resource that holds it.</param>
/// <param name="Sid">Statement; none where it is about the whole policy or the statement has no name.</param>
/// <param name="Wrong">What is wrong.</param>
/// <param name="Allowed">What is allowed.</param>
/// <param name="Fix">What to do.</param>
public sealed record PolicyFinding(string Rule, string Stack, string Address, string? Sid, string Wrong, string Allowed, string Fix)
{
    /// <summary>One line, as tests and logs show it.</summary>
    public override string ToString() => $"{Stack} {Address} {Sid ?? "-"}: {Wrong}; allowed: {Allowed}; fix: {Fix} [{Rule}]";
}
