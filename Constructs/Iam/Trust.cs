using Infra.Constructs.Foundation;

namespace Infra.Constructs.Iam;

/// <summary>Trust policies: who may assume a role.</summary>
internal static class Trust
{
    /// <summary>An AWS service, and only when it acts for this account.</summary>
    /// <remarks>
    /// Without the account, the service could be made to use the role on behalf of another account (confused deputy).
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    /// </remarks>
    /// <param name="context">Deployment whose account it is.</param>
    /// <param name="service">Service principal: <c>ecs-tasks.amazonaws.com</c>.</param>
    /// <param name="sourceArns">Resources for which it may act; may contain <c>*</c>; none for all resources of the account.</param>
    public static PolicyDocument Service(DeploymentContext context, string service, params IReadOnlyList<string> sourceArns) =>
        new(new Statement
        {
            Principal = Principal.Service(service),
            Actions = ["sts:AssumeRole"],
            Conditions =
        [
            new Condition("StringEquals", "aws:SourceAccount", context.Account),
            .. sourceArns.Count > 0 ? [new Condition("ArnLike", "aws:SourceArn", sourceArns)] : Array.Empty<Condition>(),
        ],
        });

    /// <summary>Users and roles of an account, which in addition need the permission to assume the role.</summary>
    /// <remarks>
    /// As conditions, for the reason of <see cref="Roles"/>, and because AWS adds random characters to the names of roles of IAM Identity
    /// Center: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
    /// </remarks>
    /// <param name="arns">Their ARNs, of one account; may contain <c>*</c>.</param>
    /// <param name="mfa">Whether they have to sign in with MFA.</param>
    public static PolicyDocument People(IReadOnlyList<string> arns, bool mfa) => new(new Statement
    {
        Sid = "People",
        Principal = Principal.AccountOf(arns[0]),
        Actions = ["sts:AssumeRole"],
        Conditions =
        [
            new Condition("ArnLike", "aws:PrincipalArn", arns),
            .. mfa ? [new Condition("Bool", "aws:MultiFactorAuthPresent", "true")] : Array.Empty<Condition>(),
        ],
    });

    /// <summary>Roles of another account, and no other principals there.</summary>
    /// <remarks>
    /// IAM accepts a role ARN as the principal only if that role exists, and stores the role's id instead: neither account could be set up
    /// first, and a recreated role would lose access. So the account is the principal and the condition names the roles.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalarn
    /// </remarks>
    /// <param name="roleArns">Their ARNs, of one account, without wildcards.</param>
    public static PolicyDocument Roles(params IReadOnlyList<string> roleArns) => new(new Statement
    {
        Sid = "Pipeline",
        Principal = Principal.AccountOf(roleArns[0]),
        Actions = ["sts:AssumeRole"],
        Conditions = [Condition.IsRole(roleArns)],
    });
}
