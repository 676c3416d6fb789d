namespace Infra.Operations.Terraform;

/// <summary>What to do about errors of Terraform that come from how stacks are run here.</summary>
internal static class DiagnosticAdvice
{
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
