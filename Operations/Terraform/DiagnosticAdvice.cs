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
        { IsError: true, Address.Length: > 0 } when There().Match($"{diagnostic.Headline} {diagnostic.Detail}") is { Success: true } match =>
            "It is there already: made by something else, or by a run that was killed before it could note it. If it is this environment's, take it into the state and deploy again:\n"
            + $"terraform -chdir={folder} import {diagnostic.Address} {match.Groups["id"].Value}",
        _ => null,
    };

    // creating IAM Role (acme-dev-backend): … EntityAlreadyExists: …
    [GeneratedRegex(@"^creating [^(]+\((?<id>[^)\s]+)\).*Already(Exists|OwnedByYou)", RegexOptions.Singleline)]
    private static partial Regex There();

    [GeneratedRegex(@"^\s*ID:\s+(\S+)", RegexOptions.Multiline)]
    private static partial Regex LockId();
}
