using System.Text.RegularExpressions;
using Infra.Operations.Output;

namespace Infra.Operations.Ledger;

/// <summary>
/// An image as given on the command line: <c>REPOSITORY@sha256:…</c>, <c>sha256:…</c>, or a tag of the service's repository.
/// </summary>
/// <param name="Repository">Repository; null if only a digest or tag was given.</param>
/// <param name="Digest">Digest; null if a tag was given.</param>
/// <param name="Tag">Tag; null if a digest was given.</param>
internal sealed partial record ImageReference(string? Repository, string? Digest, string? Tag)
{
    /// <exception cref="OperationException">It is none of the three.</exception>
    public static ImageReference Parse(string text)
    {
        string[] parts = text.Split('@');
        string digest = parts[^1];
        if (parts.Length <= 2 && DigestForm().IsMatch(digest))
            return new ImageReference(parts.Length == 2 && parts[0].Length > 0 ? parts[0] : null, digest, null);
        if (parts.Length == 1 && TagForm().IsMatch(text))
            return new ImageReference(null, null, text);
        throw OperationException.BadInput(
            $"{text} is not an image with a digest",
            "pass REPOSITORY@sha256:… with its 64 hexadecimal digits, only the digest, or a tag of the service's repository");
    }

    /// <summary>A digest for display: its first twelve digits.</summary>
    public static string Short(string digest) => DigestForm().IsMatch(digest) ? digest[..("sha256:".Length + 12)] : digest;

    [GeneratedRegex("^sha256:[0-9a-f]{64}$")]
    private static partial Regex DigestForm();

    // docs.docker.com/reference/cli/docker/image/tag
    [GeneratedRegex("^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$")]
    private static partial Regex TagForm();
}
