using System.Text.RegularExpressions;

namespace Infra.Operations.Terraform;

/// <summary>What to do about errors of Terraform that come from how stacks are run here.</summary>
internal static partial class DiagnosticAdvice
{
    /// <summary>
    /// Both locks are wanted while Terraform before 1.11 may still meet the state: the table's is deprecated, the bucket's replaces it.
    /// </summary>
    public static bool IsExpected(Diagnostic diagnostic) => !diagnostic.IsError && diagnostic.Headline switch
    {
        "Deprecated Parameter" => diagnostic.Detail.Contains("dynamodb_table", StringComparison.Ordinal),
        // A release names what it applies, and drift without secrets what it looks at.
        "Resource targeting is in effect" or "Applied changes may be incomplete" => true,
        _ => false,
    };

    /// <summary>What to do about an error; null where its own words must do.</summary>
    /// <param name="diagnostic">The error.</param>
    /// <param name="folder">Stack folder that Terraform ran in.</param>
    public static string? For(Diagnostic diagnostic, string folder) => diagnostic switch
    {
        { Headline: "Instance cannot be destroyed" } =>
            "What holds data is protected. To give it up: set \"disposable\": true in the environment file, deploy, then destroy.",
        { Headline: "Saved plan is stale" } =>
            "Somebody changed the state after the plan was made. Nothing was applied: plan again.",
        { Headline: "Error acquiring the state lock" } =>
            "Wait for the other run to end. If it is dead, its lock is released by\n"
            + $"terraform -chdir={folder} force-unlock {LockId().Match(diagnostic.Detail) switch { { Success: true } match => match.Groups[1].Value, _ => "ID" }}",
        { Headline: "Unable to find remote state" } =>
            "The stack it reads is not deployed yet: ./infra deploy base runtime",
        { IsError: true } when diagnostic.Detail.Contains("AccessDenied", StringComparison.Ordinal) || diagnostic.Headline.Contains("AccessDenied", StringComparison.Ordinal) =>
            "The roles of workflows may change what the environment file asked for when they were made: after a new section,\n"
            + "./infra bootstrap with admin rights gives them what it needs.",
        // A region of an account has one recorder, and an account one role of AWS Config.
        // https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationRecorder.html
        { IsError: true, Address: ServiceLinkedRole } when diagnostic.Detail.Contains("has been taken in this account", StringComparison.Ordinal)
                || diagnostic.Headline.Contains("has been taken in this account", StringComparison.Ordinal) =>
            "AWS Config was used in this account before. If nothing records there now, take its role into the state and go on:\n"
            + $"terraform -chdir={folder} import {ServiceLinkedRole} arn:aws:iam::ACCOUNT:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig\n"
            + "If there is a recorder, leave it to whoever made it: \"security\": { \"account\": { \"configRecorder\": false } }",
        { IsError: true } when diagnostic.Detail.Contains("MaxNumberOfConfigurationRecordersExceeded", StringComparison.Ordinal)
                || diagnostic.Headline.Contains("MaxNumberOfConfigurationRecordersExceeded", StringComparison.Ordinal) =>
            "There is a recorder of AWS Config in this region already. Leave it to whoever made it: \"security\": { \"account\": { \"configRecorder\": false } }",
        { IsError: true, Address: CodeBucket } when There().IsMatch($"{diagnostic.Headline} {diagnostic.Detail}") =>
            "The bucket that layers are published from exists already. To use it as it is: \"naming\": { \"existingCodeBucket\": true }\n"
            + "Do not import a bucket that something else made: its policy, encryption and lifecycle would be replaced.",
        { IsError: true, Address.Length: > 0 } when There().Match($"{diagnostic.Headline} {diagnostic.Detail}") is { Success: true } match =>
            "It is there already: made by something else, or by a run that was killed before it could note it. If it is this environment's, take it into the state and deploy again:\n"
            + $"terraform -chdir={folder} import {diagnostic.Address} {match.Groups["id"].Value}",
        _ => null,
    };

    private const string CodeBucket = "aws_s3_bucket.code";
    private const string ServiceLinkedRole = "aws_iam_service_linked_role.account_config";

    // creating IAM Role (acme-dev-backend): … EntityAlreadyExists: …
    [GeneratedRegex(@"^creating [^(]+\((?<id>[^)\s]+)\).*Already(Exists|OwnedByYou)", RegexOptions.Singleline)]
    private static partial Regex There();

    [GeneratedRegex(@"^\s*ID:\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex LockId();
}
