using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;

namespace Infra.Constructs.Permissions;

/// <summary>
/// The environment's customer managed key, for roles that the bootstrap stack creates before base creates the key: identified by its tags.
/// </summary>
internal static class OwnKey
{
    /// <summary>Allows using the key through these services only.</summary>
    public static Statement Through(DeploymentContext context, string sid, params IReadOnlyList<string> services) => new()
    {
        Sid = sid,
        Actions = ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resources = [context.Arn("kms", "key/*")],
        Conditions =
        [
            new Condition("StringEquals", "kms:ViaService", [.. services.Order(StringComparer.Ordinal).Select(service =>
                $"{service}.{context.Region}.amazonaws.com")]),
            new Condition("StringEquals", "aws:ResourceTag/Project", context.Names.Project),
            new Condition("StringEquals", "aws:ResourceTag/Environment", context.Names.Environment),
        ],
    };
}
