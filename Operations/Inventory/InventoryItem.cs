namespace Infra.Operations.Inventory;

/// <summary>A resource that the account holds.</summary>
/// <param name="Region">AWS Region.</param>
/// <param name="Kind">Kind of resource.</param>
/// <param name="Name">Its name.</param>
/// <param name="ManagedBy">Stack of the environment that manages it, or <c>layers</c>; null if the environment does not manage it.</param>
/// <param name="NewestVersion">Number of the newest version of a layer; null for other kinds.</param>
internal sealed record InventoryItem(string Region, InventoryKind Kind, string Name, string? ManagedBy, long? NewestVersion = null);

/// <summary>Kinds of resources in the inventory, in its order.</summary>
internal enum InventoryKind { Bucket, Layer, Stack }
