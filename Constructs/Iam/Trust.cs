using Infra.Constructs.Foundation;

namespace Infra.Constructs.Iam;

/// <summary>Who may take a role.</summary>
internal static class Trust
{
    /// <summary>An AWS service, and only when it acts for this account.</summary>
    /// <remarks>
    /// Without the account, the service could be talked into using the role on behalf of somebody else.
    /// https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
    /// </remarks>
    /// <param name="context">Deployment whose account it is.</param>
    /// <param name="service">Service principal: <c>ecs-tasks.amazonaws.com</c>.</param>
    /// <param name="sourceArns">Resources for which it may act, <c>*</c> allowed in them; none for all of the account.</param>
    public static PolicyDocument Service(DeploymentContext context, string service, params IReadOnlyList<string> sourceArns) => new(new Statement
    {
        Principal = Principal.Service(service),
        Actions = ["sts:AssumeRole"],
        Conditions =
        [
            new Condition("StringEquals", "aws:SourceAccount", context.Account),
            .. sourceArns.Count > 0 ? [new Condition("ArnLike", "aws:SourceArn", sourceArns)] : Array.Empty<Condition>(),
        ],
    });
}
