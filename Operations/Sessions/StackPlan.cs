using Infra.Operations.Terraform;

namespace Infra.Operations.Sessions;

/// <summary>A saved plan of one stack.</summary>
/// <param name="Stack">Stack.</param>
/// <param name="File">Absolute path of the plan; it may contain secrets and is in the git-ignored work folder.</param>
/// <param name="Destroys">Whether it destroys the stack.</param>
/// <param name="HasChanges">Whether there are changes to apply.</param>
/// <param name="Contents">What it changes.</param>
/// <param name="Counts">Number of changes.</param>
internal sealed record StackPlan(
    StackFolder Stack, string File, bool Destroys, bool HasChanges, PlanContents Contents, ChangeCounts Counts)
{
    public IReadOnlyList<ResourceChange> Changes => Contents.Changes;
}

/// <summary>Reviews a saved plan before it is applied, and rejects it by throwing.</summary>
internal interface IPlanReview
{
    Task ReviewAsync(StackPlan plan, CancellationToken cancellation);
}
