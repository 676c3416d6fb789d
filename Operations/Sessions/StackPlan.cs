using Infra.Operations.Terraform;

namespace Infra.Operations.Sessions;

/// <summary>A saved plan of one stack.</summary>
/// <param name="Stack">Stack.</param>
/// <param name="File">Absolute path of the plan; it may hold secrets and lies in the git-ignored work folder.</param>
/// <param name="Destroys">Whether it destroys the stack.</param>
/// <param name="HasChanges">Whether there is anything to apply.</param>
/// <param name="Changes">What it changes.</param>
/// <param name="Counts">How much.</param>
internal sealed record StackPlan(
    StackFolder Stack, string File, bool Destroys, bool HasChanges, IReadOnlyList<TerraformEvent.PlannedChange> Changes, ChangeCounts Counts);

/// <summary>Looks at a saved plan between planning and applying, and stops by throwing.</summary>
internal interface IPlanReview
{
    Task ReviewAsync(StackPlan plan, CancellationToken cancellation);
}
