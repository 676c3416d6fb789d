namespace Infra.Operations.Output;

/// <summary>Keeps secret values out of everything that is shown or logged.</summary>
internal sealed class Redactor
{
    /// <summary>What stands in place of a secret.</summary>
    public const string Mask = "(hidden)";

    // Shorter values would turn ordinary words and numbers into masks.
    private const int ShortestSecret = 6;

    private readonly SortedSet<string> _secrets = new(Comparer<string>.Create((a, b) =>
        a.Length != b.Length ? b.Length.CompareTo(a.Length) : string.CompareOrdinal(a, b)));

    /// <summary>Hides a value from now on. Longer secrets are replaced first, since one may contain another.</summary>
    public void Hide(string? secret)
    {
        if (secret is { Length: >= ShortestSecret })
        {
            lock (_secrets)
                _secrets.Add(secret);
        }
    }

    public string Apply(string text)
    {
        lock (_secrets)
        {
            foreach (string secret in _secrets)
                text = text.Replace(secret, Mask, StringComparison.Ordinal);
        }

        return text;
    }
}
