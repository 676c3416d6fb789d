using Infra.Operations.Output;
using Infra.Operations.Sessions;

namespace Infra.Operations.Releases;

/// <summary>A release changes what runs an image and nothing else: what is configured beside it and not applied yet is named and left to a deployment.</summary>
/// <param name="released">Addresses that a release may change, without index.</param>
/// <param name="yes">Whether it was said beforehand that the rest may go along.</param>
/// <param name="told">Told what goes along.</param>
internal sealed class ReleaseReview(IReadOnlyCollection<string> released, bool yes, Action<string> told) : IPlanReview
{
    public Task ReviewAsync(StackPlan plan, CancellationToken cancellation)
    {
        string[] others = plan.Changes.Where(change => change.Action is not ("read" or "noop") && !released.Contains(change.Address.Split('[')[0])).Select(change => change.Address).ToArray();
        if (others.Length == 0)
            return Task.CompletedTask;
        string named = string.Join(", ", others);
        if (!yes)
        {
            throw OperationException.BadInput(
                $"the plan holds more than the release: {named}",
                "apply that first (./infra deploy runtime), or pass --yes to let it go along");
        }

        told($"  goes along, since --yes was given: {named}");
        return Task.CompletedTask;
    }
}
