using Infra.Operations.Terraform;

namespace Infra.Operations.Drift;

/// <summary>
/// What a plan finds in a deployed stack, parted by whose doing it is: changed outside Terraform, or configured here and not applied yet.
/// </summary>
/// <param name="Stack">Stack.</param>
/// <param name="Outside">Changed outside, and a deploy would put it back. Before is what Terraform left there, after what is there now.</param>
/// <param name="Left">Changed outside where the configuration leaves it open (a released digest, a scaled count): no drift.</param>
/// <param name="Unapplied">Configured, not applied. Before is what is there now, after what a deploy would make of it.</param>
internal sealed record StackDrift(
    string Stack, IReadOnlyList<ResourceChange> Outside, IReadOnlyList<ResourceChange> Left, IReadOnlyList<ResourceChange> Unapplied)
{
    /// <summary>Whether somebody changed something behind Terraform's back.</summary>
    public bool HasDrifted => Outside.Count > 0;

    /// <summary>Parts what a plan holds.</summary>
    public static StackDrift Of(string stack, PlanContents plan)
    {
        Dictionary<string, ResourceChange> drifted = plan.Drift.Where(drift => drift.Action != "no-op" && (drift.Action != "update" || drift.Attributes.Count > 0))
            .ToDictionary(drift => drift.Address, StringComparer.Ordinal);
        var outside = new List<ResourceChange>();
        var unapplied = new List<ResourceChange>();
        foreach (ResourceChange change in plan.Changes)
        {
            if (!drifted.TryGetValue(change.Address, out ResourceChange? drift))
            {
                if (!OnlyFollows(change))
                    unapplied.Add(change);
                continue;
            }

            // Gone: what a deploy makes anew is all of it. Else only what both name was changed outside; the rest is configuration.
            if (drift.Action == "delete")
            {
                outside.Add(drift);
                continue;
            }

            AttributeChange[] putBack = drift.Attributes.Where(each => change.Attributes.Any(other => other.Name == each.Name)).ToArray();
            AttributeChange[] configured = change.Attributes.Where(each => each.After != PlanContents.Unknown && putBack.All(other => other.Name != each.Name)).ToArray();
            if (putBack.Length > 0)
                outside.Add(drift with { Attributes = putBack });
            if (configured.Length > 0)
                unapplied.Add(change with { Attributes = configured });
        }

        ResourceChange[] left = drifted.Values.Where(drift => outside.All(each => each.Address != drift.Address)).Select(WithoutFilledIn).Where(drift => drift.Attributes.Count > 0).ToArray();
        return new StackDrift(stack, outside, left, unapplied);
    }

    // Another resource is made anew, and this one waits for its id.
    private static bool OnlyFollows(ResourceChange change) => change.Attributes.Count > 0 && change.Attributes.All(attribute => attribute.After == PlanContents.Unknown);

    // The first look after an apply fills in what resources of their own have made: a bucket's policy, a table's routes.
    private static ResourceChange WithoutFilledIn(ResourceChange drift) =>
        drift with { Attributes = drift.Attributes.Where(attribute => attribute.Before != PlanContents.Nothing).ToArray() };
}
