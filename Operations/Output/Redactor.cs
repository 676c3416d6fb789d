namespace Infra.Operations.Output;

/// <summary>Masks secret values in everything that is shown or logged.</summary>
internal sealed class Redactor
{
    /// <summary>Replacement for a secret.</summary>
    public const string Mask = "(hidden)";

    // Shorter values would mask ordinary words and numbers.
    private const int ShortestSecret = 6;

    private readonly SortedSet<string> _secrets = new(Comparer<string>.Create((a, b) =>
        a.Length != b.Length ? b.Length.CompareTo(a.Length) : string.CompareOrdinal(a, b)));

    /// <summary>Masks a value in all following output. Longer secrets are replaced first, because one may contain another.</summary>
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
