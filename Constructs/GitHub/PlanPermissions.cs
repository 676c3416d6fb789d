using Infra.Constructs.Iam;

namespace Infra.Constructs.GitHub;

/// <summary>
/// What roles that only look must not read whoever lets them: the keys that AWS manages let everybody in the account decrypt by way of
/// the service, so that
/// not allowing it is not enough. https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
/// </summary>
internal static class PlanPermissions
{
    public static Statement NoSecrets => new()
    {
        Sid = "NoSecrets",
        Effect = "Deny",
        Actions = ["kms:Decrypt", "secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"],
        Resources = ["*"],
    };
}
