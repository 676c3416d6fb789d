using Infra.Insight;

namespace Infra.Policies.Documents;

/// <summary>A role (or user or group) with all policies of its stack that grant it permissions.</summary>
/// <param name="Stack">Stack of the policies.</param>
/// <param name="Role">Terraform address of the role; its name if another stack creates it.</param>
/// <param name="Trust">Trust policy; none if another stack creates the role.</param>
/// <param name="Permissions">Inline policies, and managed policies of the stack that are attached.</param>
public sealed record RolePolicies(string Stack, string Role, StackPolicy? Trust, IReadOnlyList<StackPolicy> Permissions)
{
    /// <summary>Every role of a stack.</summary>
    /// <param name="stack">Stack.</param>
    /// <param name="policies">Its policies.</param>
    internal static IEnumerable<RolePolicies> Of(StackJson stack, IReadOnlyList<StackPolicy> policies)
    {
        var resolver = new ExpressionResolver(stack);
        (string Role, string? Policy)[] attachments =
        [
            .. from attachment in stack.Resources
               where attachment.Type is "aws_iam_role_policy_attachment" or "aws_iam_user_policy_attachment"
                   or "aws_iam_group_policy_attachment"
               let role = resolver.Identity(attachment)
               where role is not null
               select (role, resolver.Target(attachment.Text("policy_arn"))?.Address),
        ];
        return from role in policies.Select(policy => policy.Role)
            .Concat(attachments.Select(attachment => attachment.Role))
            .OfType<string>()
            .Distinct()
               select new RolePolicies(
                   stack.Name, role, policies.FirstOrDefault(policy => policy.Kind == PolicyKind.Trust && policy.Role == role),
                   [
                       .. policies.Where(policy => policy.Kind == PolicyKind.Inline && policy.Role == role),
                       .. policies.Where(
                           policy => policy.Kind == PolicyKind.Managed && attachments.Contains((role, policy.Element.Address))),
                   ]);
    }
}
