using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Inventory;

/// <summary>Writes an inventory as a table for a terminal of 80 columns, or as JSON.</summary>
internal static class InventoryWriter
{
    private const int Columns = 80;
    private const int ByColumns = 11;

    private static readonly (InventoryKind Kind, string Title)[] Titles =
        [(InventoryKind.Bucket, "buckets"), (InventoryKind.Layer, "layers"), (InventoryKind.Stack, "CloudFormation stacks")];

    /// <summary>One part for each Region and kind; names that are too long are shortened.</summary>
    public static IEnumerable<string> Table(IReadOnlyList<string> regions, IReadOnlyList<InventoryItem> items)
    {
        foreach (string region in regions)
            foreach ((InventoryKind kind, string title) in Titles)
            {
                InventoryItem[] found = [.. Ordered(items.Where(item => item.Region == region && item.Kind == kind))];
                yield return $"{region}, {title}: {(found.Length == 0 ? "none" : found.Length.ToString(CultureInfo.InvariantCulture))}";
                foreach (InventoryItem item in found)
                    yield return Line(item);
            }

        int managed = items.Count(item => item.ManagedBy is not null);
        yield return $"{managed} of {items.Count} managed by this environment; - is managed by something else";
    }

    public static string Json(string account, IReadOnlyList<string> regions, IReadOnlyList<InventoryItem> items) => new JObject
    {
        ["account"] = account,
        ["regions"] = new JArray(regions),
        ["items"] = new JArray(Ordered(items).Select(item =>
        {
            var json = new JObject
            {
                ["region"] = item.Region,
                ["kind"] = item.Kind.ToString().ToLowerInvariant(),
                ["name"] = item.Name,
                ["managedBy"] = item.ManagedBy,
            };
            if (item.NewestVersion is { } version)
                json["newestVersion"] = version;
            return json;
        })),
    }.ToString(Formatting.Indented);

    private static IEnumerable<InventoryItem> Ordered(IEnumerable<InventoryItem> items) => items
        .OrderBy(item => item.Region, StringComparer.Ordinal).ThenBy(item => item.Kind).ThenBy(item => item.Name, StringComparer.Ordinal);

    private static string Line(InventoryItem item)
    {
        string version = item.NewestVersion is { } newest ? $", version {newest}" : "";
        string start = $"  {(item.ManagedBy ?? "-").PadRight(ByColumns)}";
        int room = Columns - start.Length - version.Length;
        return $"{start}{(item.Name.Length <= room ? item.Name : $"{item.Name[..(room - 1)]}…")}{version}";
    }
}
