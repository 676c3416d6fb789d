using System.Security.Cryptography;
using System.Text;

namespace Infra.Naming;

/// <summary>
/// Shortens names deterministically: the same long name always gives the same short one, and different names give different ones.
/// </summary>
public static class StableName
{
    private const int HashLength = 6;

    /// <summary>The name itself if it is short enough, otherwise its first part, a hyphen and a hash of the whole name.</summary>
    /// <param name="name">The full name.</param>
    /// <param name="maxLength">Maximum length in characters; at least 8.</param>
    public static string Shorten(string name, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, HashLength + 2);
        return name.Length <= maxLength
            ? name
            : $"{name[..KeptOf(maxLength)].TrimEnd('-', '.', '_', '/')}-{Hash(name)}";
    }

    /// <summary>Characters that remain of a name that is too long.</summary>
    public static int KeptOf(int maxLength) => maxLength - HashLength - 1;

    /// <summary>Six lower-case hexadecimal digits of the SHA-256 of the text.</summary>
    public static string Hash(string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];
}
