using Infra.Operations.Terraform;

namespace Infra.Operations.Plans;

/// <summary>
/// Changes that a plan finds in a deployed stack, by cause: changed outside Terraform, or configured and not applied yet.
/// </summary>
/// <param name="Stack">Stack.</param>
/// <param name="Outside">
/// Changed outside, and a deployment would revert it. Before is the value that Terraform set, after the current one.
/// </param>
/// <param name="Left">Changed outside, but ignored by the configuration (a released digest, a scaled count): not drift.</param>
/// <param name="Unapplied">Configured, not applied. Before is the current value, after the value that a deployment would set.</param>
internal sealed record StackDrift(
    string Stack, IReadOnlyList<ResourceChange> Outside, IReadOnlyList<ResourceChange> Left, IReadOnlyList<ResourceChange> Unapplied)
{
    /// <summary>Whether something was changed outside Terraform.</summary>
    public bool HasDrifted => Outside.Count > 0;

    /// <summary>Divides the changes of a plan.</summary>
    public static StackDrift Of(string stack, PlanContents plan)
    {
        Dictionary<string, ResourceChange> drifted = plan.Drift
            .Where(drift => !drift.Deposed && (drift.Action == "delete" || drift.Attributes.Count > 0))
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

            // Deleted: a deployment recreates all of it. Otherwise only attributes in both lists were changed outside; the others are
            // configuration.
            if (drift.Action == "delete")
            {
                outside.Add(drift);
                continue;
            }

            AttributeChange[] putBack =
                drift.Attributes.Where(each => change.Attributes.Any(other => other.Attribute == each.Attribute)).ToArray();
            AttributeChange[] configured = change.Attributes.Where(
                each => each.After != PlanContents.Unknown && putBack.All(other => other.Attribute != each.Attribute)).ToArray();
            if (putBack.Length > 0)
                outside.Add(drift with { Attributes = putBack });
            if (configured.Length > 0)
                unapplied.Add(change with { Attributes = configured });
        }

        ResourceChange[] left = drifted.Values.Where(drift => outside.All(each => each.Address != drift.Address))
            .Select(WithoutFilledIn)
            .Where(drift => drift.Attributes.Count > 0)
            .ToArray();
        return new StackDrift(stack, outside, left, unapplied);
    }

    // Another resource is recreated, and this one only gets its new ID.
    private static bool OnlyFollows(ResourceChange change) =>
        change.Attributes.Count > 0 && change.Attributes.All(attribute => attribute.After == PlanContents.Unknown);

    // The first refresh after an apply adds attributes that are managed by separate resources: a bucket's policy, a table's routes.
    private static ResourceChange WithoutFilledIn(ResourceChange drift) =>
        drift with
        {
            Attributes = drift.Attributes
                .Where(each => each.Before != PlanContents.Nothing || each.Path != each.Attribute).ToArray(),
        };
}
