using Infra.Operations.Terraform;

namespace Infra.Operations.Plans;

/// <summary>How much a planned change can damage, in ascending order.</summary>
internal enum ChangeRisk
{
    /// <summary>Creates, changes in place, moves, imports, or only removes from the state.</summary>
    Safe,

    /// <summary>Destroys and recreates a resource without data: it is interrupted.</summary>
    Disruptive,

    /// <summary>Destroys a resource without data.</summary>
    Destructive,

    /// <summary>Destroys what holds data or is an identity: <see cref="DataResources"/>.</summary>
    Precious,
}

/// <summary>Classifies changes.</summary>
internal static class ChangeRisks
{
    public static ChangeRisk Of(ResourceChange change) => change.Action switch
    {
        "replace" or "delete" when DataResources.LossOf(change) is not null => ChangeRisk.Precious,
        "delete" => ChangeRisk.Destructive,
        "replace" => ChangeRisk.Disruptive,
        _ => ChangeRisk.Safe,
    };

    /// <summary>The highest risk of the changes.</summary>
    public static ChangeRisk Of(IEnumerable<ResourceChange> changes) => changes.Select(Of).DefaultIfEmpty(ChangeRisk.Safe).Max();
}
