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
}
