using Newtonsoft.Json.Linq;

namespace Infra.Tests.Support;

/// <summary>
/// Changes of a stack's resource addresses. Terraform identifies a resource by its address: with a new address it is another resource, and
/// the old one is destroyed with its data.
/// </summary>
/// <param name="Renamed">Old and new address of resources that are probably the same.</param>
/// <param name="Moved">Old and new address of resources with a <c>moved</c> block.</param>
/// <param name="Removed">Removed addresses.</param>
/// <param name="Added">Added addresses.</param>
internal sealed record AddressChanges(
    IReadOnlyList<(string From, string To)> Renamed,
    IReadOnlyList<(string From, string To)> Moved,
    IReadOnlyList<string> Removed,
    IReadOnlyList<string> Added)
{
    /// <summary>Minimum share of equal arguments for which two resources of a type count as renamed.</summary>
    private const double Alike = 0.5;

    /// <summary>Compares addresses; renamed resources are matched by their bodies.</summary>
    /// <param name="was">Approved addresses.</param>
    /// <param name="now">Addresses of the stack.</param>
    /// <param name="before">Approved Terraform JSON; empty if there is none.</param>
    /// <param name="after">Terraform JSON of the stack.</param>
    public static AddressChanges Between(IEnumerable<string> was, IEnumerable<string> now, JObject before, JObject after)
    {
        List<string> removed = [.. was.Except(now).Order(StringComparer.Ordinal)];
        List<string> added = [.. now.Except(was).Order(StringComparer.Ordinal)];
        List<(string, string)> moved = [.. Moves(after).Where(move => removed.Contains(move.From) && added.Contains(move.To))];
        Take(moved, removed, added);

        IEnumerable<(string From, string To)> pairs =
            from old in removed
            from @new in added
            where Type(old) == Type(@new)
            let likeness = Likeness(Body(before, old), Body(after, @new))
            where likeness >= Alike
            orderby likeness descending
            select (old, @new);
        var renamed = new List<(string From, string To)>();
        foreach ((string from, string to) in pairs.ToList())
            if (!renamed.Any(pair => pair.From == from || pair.To == to))
                renamed.Add((from, to));
        Take(renamed, removed, added);
        return new AddressChanges([.. renamed.OrderBy(pair => pair.From, StringComparer.Ordinal)], moved, removed, added);
    }

    /// <summary>The changes, their effect, and how to fix them.</summary>
    public string Describe()
    {
        IEnumerable<string> lines =
        [
            .. Renamed.SelectMany(pair => new[]
            {
                $"  renamed  {pair.From} -> {pair.To}",
                "           Terraform destroys the old one with its data, and creates an empty new one. Restore the id, or keep the",
                $"           resource with a moved block: .MoveFromId(\"{pair.From}\") on the element.",
            }),
            .. Moved.Select(pair => $"  moved    {pair.From} -> {pair.To}, kept by its moved block"),
            .. Removed.Select(address => $"  removed  {address}: Terraform destroys it"),
            .. Added.Select(address => $"  added    {address}: Terraform creates it"),
        ];
        return string.Join('\n', lines);
    }

    private static void Take(List<(string From, string To)> pairs, List<string> removed, List<string> added)
    {
        foreach ((string from, string to) in pairs)
        {
            removed.Remove(from);
            added.Remove(to);
        }
    }

    private static IEnumerable<(string From, string To)> Moves(JObject stack) =>
        ((JArray?)stack["moved"] ?? []).Select(move => ((string)move["from"]!, (string)move["to"]!));

    private static string Type(string address) => address[..address.LastIndexOf('.')];

    private static JObject? Body(JObject stack, string address) => address.Split('.') switch
    {
        ["data", var type, var id] => (JObject?)stack["data"]?[type]?[id],
        [var type, var id] => (JObject?)stack["resource"]?[type]?[id],
        _ => null,
    };

    private static double Likeness(JObject? one, JObject? other)
    {
        if (one is null || other is null) return 0;
        JObject left = (JObject)CanonicalJson.Order(one);
        JObject right = (JObject)CanonicalJson.Order(other);
        int equal = left.Properties().Count(property => JToken.DeepEquals(property.Value, right[property.Name]));
        int all = left.Properties().Select(p => p.Name).Union(right.Properties().Select(p => p.Name)).Count();
        return all == 0 ? 1 : (double)equal / all;
    }
}
