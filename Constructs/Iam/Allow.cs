namespace Infra.Constructs.Iam;

/// <summary>Statements that the policies of several roles have.</summary>
internal static class Allow
{
    /// <summary>To log in to ECR; the only ECR action without resource-level permissions.</summary>
    public static Statement RegistryLogin { get; } = new() { Sid = "Login", Actions = ["ecr:GetAuthorizationToken"], Resources = ["*"] };

    /// <summary>To pass roles to services, and to no others.</summary>
    public static Statement PassRoles(string sid, IReadOnlyList<string> roleArns, params IReadOnlyList<string> services) => new()
    {
        Sid = sid,
        Actions = ["iam:PassRole"],
        Resources = roleArns,
        Conditions = [new Condition("StringEquals", "iam:PassedToService", services)],
    };

    /// <summary>To write to log groups that exist; the ARN of a log group ends in <c>:*</c>.</summary>
    public static Statement WriteLogs(string sid, params IReadOnlyList<string> logGroupArns) =>
        new() { Sid = sid, Actions = ["logs:CreateLogStream", "logs:PutLogEvents"], Resources = logGroupArns };

    /// <summary>To read objects of buckets, in every version.</summary>
    public static Statement ReadObjects(string sid, params IReadOnlyList<string> objectArns) =>
        new() { Sid = sid, Actions = ["s3:GetObject", "s3:GetObjectVersion"], Resources = objectArns };

    /// <summary>To read, write and delete objects of buckets.</summary>
    public static Statement ChangeObjects(string sid, params IReadOnlyList<string> objectArns) =>
        new() { Sid = sid, Actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"], Resources = objectArns };

    /// <summary>To change ECS services, for example the number of their tasks.</summary>
    public static Statement UpdateServices(string sid, params IReadOnlyList<string> serviceArns) =>
        new() { Sid = sid, Actions = ["ecs:DescribeServices", "ecs:UpdateService"], Resources = serviceArns };
}
