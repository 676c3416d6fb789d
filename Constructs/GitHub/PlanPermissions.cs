using Infra.Constructs.Iam;

namespace Infra.Constructs.GitHub;

/// <summary>
/// What read-only roles may list of the whole account, and what they must not read, whatever other policies allow: AWS managed keys let
/// every principal of the account decrypt through the service, so it is not enough not to allow it.
/// https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
/// </summary>
internal static class PlanPermissions
{
    /// <summary>Names of everything that the account holds of three kinds; these actions have no resource-level permissions.</summary>
    public static Statement Inventory => new()
    {
        Sid = "Inventory",
        Actions = ["cloudformation:ListStacks", "lambda:ListLayers", "s3:ListAllMyBuckets"],
        Resources = ["*"],
    };

    public static Statement NoSecrets => new()
    {
        Sid = "NoSecrets",
        Effect = "Deny",
        Actions = ["kms:Decrypt", "secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"],
        Resources = ["*"],
    };
}
