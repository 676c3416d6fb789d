namespace Infra.Policies.Documents;

/// <summary>IAM patterns: <c>*</c> matches any characters, <c>?</c> one character.</summary>
internal static class Wildcard
{
    /// <summary>A value that is known only after apply; matches like <c>*</c>, but is not a written <c>*</c>.</summary>
    public const char Unknown = '\uE000';

    /// <summary>
    /// A placeholder of the service authorization reference whose values contain no slash: the name of a bucket or a table.
    /// </summary>
    public const char NoSlash = '\uE001';

    /// <summary>Whether a pattern matches a text; the unknown part of a text is only matched by a wildcard.</summary>
    public static bool Matches(string pattern, string text, bool ignoreCase = false)
    {
        int at = 0, in_ = 0, star = -1, from = 0;
        while (in_ < text.Length)
        {
            if (at < pattern.Length && (pattern[at] == '?' || (Same(pattern[at], text[in_], ignoreCase) && !IsStar(pattern[at]))))
            {
                at++;
                in_++;
            }
            else if (at < pattern.Length && IsStar(pattern[at]))
            {
                star = at++;
                from = in_;
            }
            else if (star >= 0)
            {
                at = star + 1;
                in_ = ++from;
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(at).IndexOfAnyExcept('*', Unknown, NoSlash) < 0;
    }

    /// <summary>Whether a text exists that both patterns match.</summary>
    public static bool Intersects(string one, string other)
    {
        var visited = new bool[one.Length + 1, other.Length + 1];
        return Meet(one, 0, other, 0, visited);
    }

    private static bool Meet(string one, int i, string other, int j, bool[,] visited)
    {
        if (i == one.Length && j == other.Length) return true;
        if (visited[i, j]) return false;
        visited[i, j] = true;
        if (i < one.Length && IsStar(one[i]))
            return Meet(one, i + 1, other, j, visited)
                || (j < other.Length && Takes(one[i], other[j]) && Meet(one, i, other, j + 1, visited));
        if (j < other.Length && IsStar(other[j]))
            return Meet(one, i, other, j + 1, visited)
                || (i < one.Length && Takes(other[j], one[i]) && Meet(one, i + 1, other, j, visited));
        return i < one.Length
            && j < other.Length
            && (one[i] == '?' || other[j] == '?' || one[i] == other[j])
            && Meet(one, i + 1, other, j + 1, visited);
    }

    private static bool IsStar(char character) => character is '*' or Unknown or NoSlash;

    private static bool Takes(char star, char character) => star != NoSlash || character != '/';

    private static bool Same(char one, char other, bool ignoreCase) =>
        one == other || (ignoreCase && char.ToUpperInvariant(one) == char.ToUpperInvariant(other));
}
