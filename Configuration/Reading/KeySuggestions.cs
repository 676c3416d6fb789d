namespace Infra.Configuration.Reading;

/// <summary>Keys that the user may have meant by an unknown one.</summary>
internal static class KeySuggestions
{
    // Fewer letters begin too many keys by chance.
    private const int ShortestBeginning = 3;

    /// <summary>The synonym, or the closest key, or the keys that begin with the unknown one; empty if there are none.</summary>
    public static IReadOnlyList<string> For(string unknown, IReadOnlyCollection<string> keys)
    {
        if ((KeySynonyms.Of(unknown, keys) ?? ClosestMatch.Text(unknown, keys)) is { } one)
            return [one];
        return unknown.Length < ShortestBeginning
            ? []
            : [.. keys.Where(key => key.StartsWith(unknown, StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
    }

    /// <summary><c>a, b or c</c></summary>
    public static string Choice(IReadOnlyList<string> keys) =>
        keys.Count == 1 ? keys[0] : $"{string.Join(", ", keys.SkipLast(1))} or {keys[^1]}";
}
