using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.GitHub;

/// <summary>Rights to Terraform's state; a plan takes the lock too, but writes no state.</summary>
internal static class StateRights
{
    public static IEnumerable<Statement> Of(string bucketArn, string lockTableArn, bool write)
    {
        yield return new Statement { Sid = "StateList", Actions = ["s3:ListBucket"], Resources = [bucketArn] };
        yield return new Statement
        {
            Sid = "State",
            Actions = write ? ["s3:GetObject", "s3:PutObject"] : ["s3:GetObject"],
            Resources = [$"{bucketArn}/*"],
        };
        yield return new Statement
        {
            Sid = "LockFile",
            Actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            Resources = [$"{bucketArn}/*.tflock"],
        };
        yield return new Statement
        {
            Sid = "LockTable",
            Actions = ["dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem"],
            Resources = [lockTableArn],
        };
    }

    /// <summary>Of one environment: base's state to read, runtime's to write, and runtime's locks.</summary>
    public static IEnumerable<Statement> OfRuntime(DeploymentContext context, string bucketArn, string lockTableArn)
    {
        string key = context.Names.StateKey("runtime");
        string bucket = bucketArn.Split(":::")[^1];
        yield return new Statement { Sid = "StateList", Actions = ["s3:ListBucket"], Resources = [bucketArn] };
        yield return new Statement { Sid = "BaseState", Actions = ["s3:GetObject"], Resources = [$"{bucketArn}/{context.Names.StateKey("base")}"] };
        yield return new Statement { Sid = "RuntimeState", Actions = ["s3:GetObject", "s3:PutObject"], Resources = [$"{bucketArn}/{key}"] };
        yield return new Statement
        {
            Sid = "LockFile",
            Actions = ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
            Resources = [$"{bucketArn}/{key}.tflock"],
        };
        yield return new Statement
        {
            Sid = "LockTable",
            Actions = ["dynamodb:DeleteItem", "dynamodb:DescribeTable", "dynamodb:GetItem", "dynamodb:PutItem"],
            Resources = [lockTableArn],
            // DescribeTable names no item.
            Conditions = [new Condition("ForAllValues:StringLike", "dynamodb:LeadingKeys", $"{bucket}/{key}", $"{bucket}/{key}-md5")],
        };
    }
}
