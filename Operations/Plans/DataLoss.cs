using Infra.Operations.Terraform;

namespace Infra.Operations.Plans;

/// <summary>What a plan destroys and cannot recreate.</summary>
/// <param name="Address">Address of the resource.</param>
/// <param name="Replaced">Whether it is recreated, empty.</param>
/// <param name="What">What is lost.</param>
/// <param name="Moved">
/// A <c>moved</c> block that keeps it, if it looks renamed: it is the only one of its type that is deleted, and only one is created. Null
/// otherwise.
/// </param>
internal sealed record DataLoss(string Address, bool Replaced, string What, string? Moved)
{
    /// <summary>All losses of a plan.</summary>
    public static IReadOnlyList<DataLoss> Of(IReadOnlyList<ResourceChange> changes) =>
    [
        .. changes.Where(change => ChangeRisks.Of(change) == ChangeRisk.Precious).Select(change => new DataLoss(
            change.Address, change.Action == "replace", DataResources.LossOf(change)!, MovedBlock(change, changes))),
    ];

    /// <summary><c>aws_db_instance.main is destroyed and recreated; lost: the data of its databases</c>.</summary>
    public override string ToString() => $"{Address} is destroyed{(Replaced ? " and recreated" : "")}; lost: {What}";

    private static string? MovedBlock(ResourceChange change, IReadOnlyList<ResourceChange> changes)
    {
        ResourceChange[] With(string action) => [.. changes.Where(each => each.Type == change.Type && each.Action == action)];
        return change.Action == "delete" && !change.Deposed && With("delete").Length == 1 && With("create") is [var created]
            ? $"moved {{\n  from = {change.Address}\n  to   = {created.Address}\n}}"
            : null;
    }
}
