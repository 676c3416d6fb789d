using System.Globalization;

namespace Infra.Configuration.Reading;

/// <summary>Suggests the value that the user may have meant.</summary>
public static class ClosestMatch
{
    /// <summary>The candidate with the smallest edit distance; none if all differ by more than a third of the text.</summary>
    public static string? Text(string text, IEnumerable<string> candidates)
    {
        // A very long text is not a mistyped key.
        if (text.Length > 100)
            return null;
        string? best = null;
        int least = Math.Max(2, text.Length / 3) + 1;
        foreach (string candidate in candidates.Order(StringComparer.Ordinal))
        {
            int distance = Distance(text.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < least && distance < Math.Max(text.Length, candidate.Length))
                (best, least) = (candidate, distance);
        }
        return best;
    }

    /// <summary><c>; did you mean services?</c>, or an empty text.</summary>
    public static string Hint(string text, IEnumerable<string> candidates) =>
        Text(text, candidates) is { } near ? $"; did you mean {near}?" : "";

    /// <summary><c>; did you mean files?</c>, or the available values, or the section to add one to.</summary>
    public static string Known(string text, IReadOnlyCollection<string> known, string section) =>
        Text(text, known) is { } near ? $"; did you mean {near}?"
        : known.Count == 0 ? $"; add it to {section}"
        : $"; available: {string.Join(", ", known.Order(StringComparer.Ordinal))}";

    /// <summary><c>; nearest: 256, 512</c>: the next lower and higher allowed numbers.</summary>
    public static string Hint(long number, IEnumerable<long> allowed)
    {
        long[] sorted = [.. allowed.Order()];
        IEnumerable<long> near = sorted.Where(a => a < number).TakeLast(1).Concat(sorted.Where(a => a > number).Take(1));
        return $"; nearest: {string.Join(", ", near.Select(n => n.ToString(CultureInfo.InvariantCulture)))}";
    }

    /// <summary>Edit distance: inserted, deleted, replaced and transposed letters (optimal string alignment).</summary>
    public static int Distance(string a, string b)
    {
        int[,] cost = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            cost[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            cost[0, j] = j;
        for (int i = 1; i <= a.Length; i++)
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(replace, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        return cost[a.Length, b.Length];
    }
}
