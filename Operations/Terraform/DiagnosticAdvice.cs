using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary>Remedies for Terraform errors that are specific to this project.</summary>
internal static partial class DiagnosticAdvice
{
    /// <summary>
    /// Both locks are used while Terraform before 1.11 may still use the state: the lock in the table is deprecated, the lock file in the
    /// bucket replaces it.
    /// </summary>
    public static bool IsExpected(Diagnostic diagnostic) => !diagnostic.IsError && diagnostic.Headline switch
    {
        "Deprecated Parameter" => diagnostic.Detail.Contains("dynamodb_table", StringComparison.Ordinal),
        // A release and drift --read-only use -target.
        "Resource targeting is in effect" or "Applied changes may be incomplete" => true,
        _ => false,
    };

    /// <summary>Remedy for an error; null if there is none.</summary>
    /// <param name="diagnostic">The error.</param>
    /// <param name="folder">Stack folder that Terraform ran in.</param>
    public static string? For(Diagnostic diagnostic, string folder) => diagnostic switch
    {
        { Headline: "Instance cannot be destroyed" } =>
            "Resources with data are protected. To delete them: set \"disposable\": true in the environment file, deploy, then destroy.",
        { Headline: "Saved plan is stale" } =>
            "The state was changed after the plan was created. Nothing was applied: plan again.",
        { Headline: "Error acquiring the state lock" } =>
            "Wait for the other run to end. If it has died, release its lock with\n"
            + $"terraform -chdir={folder} force-unlock "
                + $"{LockId().Match(diagnostic.Detail) switch { { Success: true } match => match.Groups[1].Value, _ => "ID" }}",
        { Headline: "Unable to find remote state" } =>
            "The stack it reads is not deployed yet: ./infra deploy --env NAME",
        { IsError: true } when diagnostic.Detail.Contains("AccessDenied", StringComparison.Ordinal)
            || diagnostic.Headline.Contains("AccessDenied", StringComparison.Ordinal) =>
            "The roles of workflows have the permissions that the environment file needed when they were created: after adding a section,\n"
            + "run ./infra bootstrap as an administrator to update them.",
        // A region of an account can have one recorder, and an account one service-linked role of AWS Config.
        // https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html
        { IsError: true, Address: ServiceLinkedRole } when diagnostic.Detail.Contains(
            "has been taken in this account", StringComparison.Ordinal)
                || diagnostic.Headline.Contains("has been taken in this account", StringComparison.Ordinal) =>
            "AWS Config was used in this account before. If it no longer has a recorder, import its role and continue:\n"
            + $"terraform -chdir={folder} import {ServiceLinkedRole} "
                + "arn:aws:iam::ACCOUNT:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig\n"
            + "If there is a recorder, do not manage it here: \"security\": { \"account\": { \"configRecorder\": false } }",
        { IsError: true } when diagnostic.Detail.Contains("MaxNumberOfConfigurationRecordersExceeded", StringComparison.Ordinal)
                || diagnostic.Headline.Contains("MaxNumberOfConfigurationRecordersExceeded", StringComparison.Ordinal) =>
            "This region already has a recorder of AWS Config. Do not manage it here: \"security\": { \"account\": { "
                + "\"configRecorder\": false } }",
        { IsError: true, Address: CodeBucket } when There().IsMatch($"{diagnostic.Headline} {diagnostic.Detail}") =>
            "The bucket that layers are published from already exists. To use it as it is: \"naming\": { \"existingCodeBucket\": true }\n"
            + "Do not import a bucket that was created by something else: its policy, encryption and lifecycle would be replaced.",
        { IsError: true } when ExistingId($"{diagnostic.Headline} {diagnostic.Detail}") is { } name
            && IsParameterWithConfiguredValue(diagnostic.Address, folder) =>
            "The parameter already exists: created by something else, or by a run that was interrupted before it could save the state. If "
                + "it belongs to this environment, delete it and deploy again, which writes the configured value. Do not import it: the "
                + "provider would show it as changed in every plan.\n"
            + $"aws ssm delete-parameter --name {name}",
        // AWS names the CIDR block, not the subnet that has it.
        { IsError: true, Address.Length: > 0 } when ConflictingSubnet().Match($"{diagnostic.Headline} {diagnostic.Detail}") is
        { Success: true } conflict =>
            $"The VPC already has a subnet with addresses of {conflict.Groups["cidr"].Value}: created by something else, or by a run that "
                + "was interrupted before it could save the state. If it belongs to this environment, import it and deploy again:\n"
            + $"aws ec2 describe-subnets --filters Name=cidr-block,Values={conflict.Groups["cidr"].Value} "
                + "--query \"Subnets[].[SubnetId,VpcId]\" --output text\n"
            + $"terraform -chdir={folder} import {diagnostic.Address} SUBNET_ID",
        { IsError: true, Address.Length: > 0 } when ExistingResourceLookup.Of(
            diagnostic.Address, $"{diagnostic.Headline} {diagnostic.Detail}") is { } lookup =>
            $"{AlreadyExists}\n{lookup.Command}\nterraform -chdir={folder} import {diagnostic.Address} {lookup.Id}",
        { IsError: true, Address.Length: > 0 } when ExistingId($"{diagnostic.Headline} {diagnostic.Detail}") is { } id =>
            $"{AlreadyExists}\n"
            + $"terraform -chdir={folder} import {diagnostic.Address} {id}",
        _ => null,
    };

    /// <summary>The id by which to import a resource that already exists; null if the error is another one.</summary>
    private static string? ExistingId(string error) =>
        ExistingRoute().Match(error) is { Success: true } route
            ? $"{route.Groups["table"].Value}_{route.Groups["destination"].Value}"
            : There().Match(error) is { Success: true } match ? match.Groups["id"].Value : null;

    /// <summary>
    /// Whether it is a plain-text parameter whose value Terraform sets. An import writes the value to `value`, and every later read does so
    /// again, while the configuration has `insecure_value`. With ignored changes of `insecure_value` the import is clean.
    /// https://github.com/hashicorp/terraform-provider-aws/blob/v5.100.0/internal/service/ssm/parameter.go (resourceParameterRead)
    /// </summary>
    private static bool IsParameterWithConfiguredValue(string address, string folder)
    {
        string file = Path.Combine(folder, "cdk.tf.json");
        if (!address.StartsWith("aws_ssm_parameter.", StringComparison.Ordinal) || !File.Exists(file))
            return false;
        JToken? parameter = JObject.Parse(File.ReadAllText(file))["resource"]?["aws_ssm_parameter"]?[address.Split('.')[1]];
        return parameter?["insecure_value"] is not null && parameter.SelectToken("lifecycle.ignore_changes") is null;
    }

    private const string AlreadyExists =
        "It already exists: created by something else, or by a run that was interrupted before it could save the state. If it belongs "
        + "to this environment, import it and deploy again:";

    private const string CodeBucket = "aws_s3_bucket.code";
    private const string ServiceLinkedRole = "aws_iam_service_linked_role.account_config";

    // creating IAM Role (acme-dev-backend): … EntityAlreadyExists: …
    // creating AWS DynamoDB Table (acme-dev-orders): … ResourceInUseException: Table already exists: acme-dev-orders
    [GeneratedRegex(@"^creating [^(]+\((?<id>[^)\s]+)\).*(Already(Exists|OwnedByYou)|Table already exists)", RegexOptions.Singleline)]
    private static partial Regex There();

    // https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/route#import
    [GeneratedRegex(@"RouteAlreadyExists: Route in Route Table \((?<table>[^)]+)\) with destination \((?<destination>[^)]+)\)")]
    private static partial Regex ExistingRoute();

    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
    [GeneratedRegex(@"InvalidSubnet\.Conflict: The CIDR '(?<cidr>[^']+)' conflicts with another subnet")]
    private static partial Regex ConflictingSubnet();

    [GeneratedRegex(@"^\s*ID:\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex LockId();
}
