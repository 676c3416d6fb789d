using Infra.Operations.Output;
using Infra.Operations.Sessions;

namespace Infra.Operations.Releases;

/// <summary>
/// Checks that a release only changes resources that depend on the image: other changes that are not applied yet are listed and left to a
/// deployment.
/// </summary>
/// <param name="released">Addresses that a release may change, without index.</param>
/// <param name="yes">Whether --yes was given, so that other changes are applied too.</param>
/// <param name="show">Shows the other changes.</param>
internal sealed class ReleaseReview(IReadOnlyCollection<string> released, bool yes, Action<string> show) : IPlanReview
{
    public Task ReviewAsync(StackPlan plan, CancellationToken cancellation)
    {
        string[] others =
            plan.Changes.Where(change => !released.Contains(change.Address.Split('[')[0]))
                .Select(change => change.Address).ToArray();
        if (others.Length == 0)
            return Task.CompletedTask;
        string named = string.Join(", ", others);
        if (!yes)
        {
            throw OperationException.BadInput(
                $"the plan contains more than the release: {named}",
                "apply that first (./infra deploy --env NAME runtime), or pass --yes to apply it with the release");
        }

        show($"  also applied, because --yes was given: {named}");
        return Task.CompletedTask;
    }
}
