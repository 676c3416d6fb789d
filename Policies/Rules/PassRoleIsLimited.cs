using Infra.Policies.Documents;

namespace Infra.Policies.Rules;

/// <summary>iam:PassRole must be limited to named roles or a name prefix, and to named services.</summary>
/// <remarks>
/// A principal that can pass any role to a service that runs code has the permissions of every role.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
/// </remarks>
internal sealed class PassRoleIsLimited : PolicyRule
{
    public override string Requirement => "iam:PassRole is limited to named roles or a prefix of names, and to named services.";

    private const string Role = "role/";

    public override IEnumerable<PolicyFinding> Check(PolicySet policies)
    {
        foreach ((StackPolicy policy, StackStatement statement) in policies.Statements)
        {
            if (!statement.Allows || policy.Kind is PolicyKind.Trust or PolicyKind.Resource || !statement.IsAbout("iam:PassRole")) continue;
            foreach (string any in statement.Resources.Where(IsAnyRole))
                yield return Finding(policy, statement, $"may pass any role: {any}", "role/PREFIX-*, or the ARNs of roles",
                    "name the roles, or the prefix that they share");
            if (!statement.Conditions.Any(condition => condition.Is("iam:PassedToService") && !condition.AllowsMissingKey))
                yield return Finding(policy, statement, "may pass roles to any service", "a condition StringEquals on iam:PassedToService",
                    "name the services that take the roles");
        }
    }

    private static bool IsAnyRole(string resource) => ArnPattern.Parse(resource) is not { } arn
        ? resource == "*"
        : arn.Resource.StartsWith('*')
            || (arn.Resource.StartsWith(Role, StringComparison.Ordinal) && arn.Resource[Role.Length..].StartsWith('*'));
}
