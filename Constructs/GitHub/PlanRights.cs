using Infra.Constructs.Iam;

namespace Infra.Constructs.GitHub;

/// <summary>
/// What the plan role may do beside reading the state and how resources are configured, and what it may not read although AWS's
/// managed policy for reading would let it: data, people and secrets. Refreshing a secret's version means reading its value, so its
/// plans run with <c>-refresh=false</c>.
/// </summary>
internal static class PlanRights
{
    public static IEnumerable<Statement> Of(string stateBucketArn, string lockTableArn)
    {
        // What an ephemeral value is made from during a plan; the value itself is written by an apply alone.
        yield return new Statement { Sid = "Ephemeral", Actions = ["secretsmanager:GetRandomPassword"], Resources = ["*"] };
        yield return new Statement
        {
            Sid = "NoObjects",
            Effect = "Deny",
            Actions = ["s3:GetObject", "s3:GetObjectVersion"],
            NotResources = [$"{stateBucketArn}/*"],
        };
        yield return new Statement
        {
            Sid = "NoItems",
            Effect = "Deny",
            Actions = ["dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:GetRecords", "dynamodb:PartiQLSelect", "dynamodb:Query", "dynamodb:Scan"],
            NotResources = [lockTableArn],
        };
        yield return new Statement
        {
            Sid = "NoPeople",
            Effect = "Deny",
            Actions = ["cognito-idp:AdminGetUser", "cognito-idp:ListUsers", "cognito-idp:ListUsersInGroup"],
            Resources = ["*"],
        };
        yield return new Statement
        {
            Sid = "NoSecrets",
            Effect = "Deny",
            Actions = ["kms:Decrypt", "secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"],
            Resources = ["*"],
        };
    }
}
