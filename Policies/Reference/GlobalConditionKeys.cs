namespace Infra.Policies.Reference;

/// <summary>
/// Global condition keys, with their types.
/// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
/// </summary>
internal static class GlobalConditionKeys
{
    /// <summary>Keys that a request contains only if an AWS service calls another service on behalf of a resource.</summary>
    public static readonly IReadOnlySet<string> OfServiceCalls = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
    {
        "aws:SourceAccount", "aws:SourceArn", "aws:SourceOrgID", "aws:SourceOrgPaths",
    };

    /// <summary>
    /// Keys that a request contains only if the action supports tags; the service's reference lists them for those actions.
    /// </summary>
    public static readonly IReadOnlyList<string> OfTags = ["aws:RequestTag/${TagKey}", "aws:ResourceTag/${TagKey}", "aws:TagKeys"];

    /// <summary>Types by format of the key.</summary>
    public static readonly IReadOnlyDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        // Of the caller
        ["aws:PrincipalAccount"] = "String",
        ["aws:PrincipalArn"] = "ARN",
        ["aws:PrincipalIsAWSService"] = "Bool",
        ["aws:PrincipalOrgID"] = "String",
        ["aws:PrincipalOrgPaths"] = "ArrayOfString",
        ["aws:PrincipalServiceName"] = "String",
        ["aws:PrincipalServiceNamesList"] = "ArrayOfString",
        ["aws:PrincipalTag/${TagKey}"] = "String",
        ["aws:PrincipalType"] = "String",
        ["aws:userid"] = "String",
        ["aws:username"] = "String",
        // Of the session
        ["aws:AssumedRoot"] = "Bool",
        ["aws:ChatbotSourceArn"] = "ARN",
        ["aws:Ec2InstanceSourcePrivateIPv4"] = "IPAddress",
        ["aws:Ec2InstanceSourceVpc"] = "String",
        ["aws:FederatedProvider"] = "String",
        ["aws:MultiFactorAuthAge"] = "Numeric",
        ["aws:MultiFactorAuthPresent"] = "Bool",
        ["aws:SourceIdentity"] = "String",
        ["aws:TokenIssueTime"] = "Date",
        ["ec2:RoleDelivery"] = "Numeric",
        ["ec2:SourceInstanceArn"] = "ARN",
        ["lambda:SourceFunctionArn"] = "ARN",
        ["ssm:SourceInstanceArn"] = "ARN",
        // Of the network
        ["aws:SourceIp"] = "IPAddress",
        ["aws:SourceVpc"] = "String",
        ["aws:SourceVpcArn"] = "ARN",
        ["aws:SourceVpce"] = "String",
        ["aws:VpceAccount"] = "String",
        ["aws:VpceOrgID"] = "String",
        ["aws:VpceOrgPaths"] = "ArrayOfString",
        ["aws:VpcSourceIp"] = "IPAddress",
        // Of the resource
        ["aws:ResourceAccount"] = "String",
        ["aws:ResourceOrgID"] = "String",
        ["aws:ResourceOrgPaths"] = "ArrayOfString",
        ["aws:ResourceTag/${TagKey}"] = "String",
        // Of the request
        ["aws:CalledVia"] = "ArrayOfString",
        ["aws:CalledViaFirst"] = "String",
        ["aws:CalledViaLast"] = "String",
        ["aws:CurrentTime"] = "Date",
        ["aws:EpochTime"] = "Date",
        ["aws:referer"] = "String",
        ["aws:RequestedRegion"] = "String",
        ["aws:RequestTag/${TagKey}"] = "String",
        ["aws:SecureTransport"] = "Bool",
        ["aws:SourceAccount"] = "String",
        ["aws:SourceArn"] = "ARN",
        ["aws:SourceOrgID"] = "String",
        ["aws:SourceOrgPaths"] = "ArrayOfString",
        ["aws:TagKeys"] = "ArrayOfString",
        ["aws:UserAgent"] = "String",
        ["aws:ViaAWSService"] = "Bool",
    };
}
