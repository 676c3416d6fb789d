using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Infra.Configuration.Model;

/// <summary>People who may assume a role that has the permissions of the delivery workflows, and no others.</summary>
public sealed record LocalDeliveryConfig
{
    // https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
    [Description(
        "ARNs of IAM users and roles of the account. AWS adds random characters to the name of a role of IAM Identity Center; the ARN of "
            + "such a role ends with AWSReservedSSO_{permission set}_*.")]
    [MinLength(1)]
    [RegularExpression(
        @"arn:aws:iam::[0-9]{12}:(user/[\w+=,.@/-]+|role/[\w+=,.@/-]+|role/aws-reserved/sso\.amazonaws\.com/[\w+=,.@/-]+_\*)",
        ErrorMessage = "the ARN of an IAM user or role")]
    public required IReadOnlyList<string> Principals { get; init; }

    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
    [Description(
        "Whether they have to sign in with MFA. Sessions of IAM Identity Center do not say whether MFA was used: set false for them, and "
            + "require MFA in Identity Center.")]
    public bool Mfa { get; init; } = true;
}
