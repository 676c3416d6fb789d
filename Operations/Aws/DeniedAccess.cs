using System.Text.RegularExpressions;

namespace Infra.Operations.Aws;

/// <summary>
/// What AWS's message about denied access says: who may not do what on which resource, and the type of policy that decided it.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
/// </summary>
/// <param name="Caller">ARN of the caller.</param>
/// <param name="Action">Action: <c>s3:GetObject</c>.</param>
/// <param name="Resource">ARN of the resource; empty if the message does not contain it.</param>
/// <param name="Cause">Type of policy, as AWS describes it; empty if the message does not contain it.</param>
internal sealed partial record DeniedAccess(string Caller, string Action, string Resource, string Cause)
{
    public const string CheckTheRole = "the role in use lacks this permission; docs/operations.md lists the permissions of each role";

    // The order matters: AWS's wording of each contains the name of only one type of policy.
    private static readonly (string Policy, string Check)[] Checks =
    [
        ("service control policy", "check the service control policies of the AWS organization"),
        ("resource control policy", "check the resource control policies of the AWS organization"),
        ("permissions boundary", "check the permissions boundary of the role: bootstrap creates it"),
        ("session policy", "check the policy that was passed when the role was assumed"),
        ("VPC endpoint policy", "check the policy of the VPC endpoint"),
        ("resource-based policy", "check the policy of the resource: of the bucket, key, repository, topic or queue"),
        ("explicit deny in an identity-based policy", "check the statements of the role's policies with \"Effect\": \"Deny\""),
    ];

    /// <summary>What to check, by the type of policy.</summary>
    public string WhatToCheck => Checks.FirstOrDefault(each => Cause.Contains(each.Policy, StringComparison.OrdinalIgnoreCase)).Check
        ?? CheckTheRole;

    /// <summary>Reads a message; null if it does not name caller and action.</summary>
    public static DeniedAccess? Of(string message) => Message().Match(message) is { Success: true } found
        ? new DeniedAccess(
            found.Groups["caller"].Value, found.Groups["action"].Value, found.Groups["resource"].Value, found.Groups["cause"].Value)
        : null;

    public override string ToString() =>
        $"{Caller} is not authorized to perform {Action}{(Resource.Length > 0 ? $" on {Resource}" : "")}"
            + (Cause.Length > 0 ? $", {Cause}" : "");

    [GeneratedRegex("""
        User: (?<caller>\S+) is not authorized to perform: (?<action>[\w-]+:\w+)(?:,? on resource: "?(?<resource>[^\s"]+)"?)?(?:,? (?<cause>(?:because|with) [^.]+))?
        """)]
    private static partial Regex Message();
}
