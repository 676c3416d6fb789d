namespace Infra.Operations.Terraform;

/// <summary>What to do about errors of Terraform that come from how stacks are run here.</summary>
internal static class DiagnosticAdvice
{
    /// <summary>
    /// Both locks are wanted while Terraform before 1.11 may still meet the state: the table's is deprecated, the bucket's replaces it.
    /// </summary>
    public static bool IsExpected(Diagnostic diagnostic) =>
        !diagnostic.IsError && diagnostic.Headline == "Deprecated Parameter" && diagnostic.Detail.Contains("dynamodb_table", StringComparison.Ordinal);

    public static string? For(Diagnostic diagnostic) => diagnostic switch
    {
        { Headline: "Instance cannot be destroyed" } =>
            "What holds data is protected. To give it up: set \"disposable\": true in the environment file, deploy, then destroy.",
        { Headline: "Saved plan is stale" } =>
            "Somebody changed the state after the plan was made. Nothing was applied: run the same command again.",
        { Headline: "Error acquiring the state lock" } =>
            "Wait for the other run to end. If it is dead: terraform force-unlock ID, with the ID shown above, in the stack's folder.",
        { Headline: "Unable to find remote state" } =>
            "The stack it reads is not deployed yet: ./infra deploy base runtime",
        _ => null,
    };
}
