using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Infra.Configuration.Reading;
using Infra.Naming;

namespace Infra.Configuration.Validation;

/// <summary>CIDR blocks in an environment file.</summary>
internal static class Blocks
{
    /// <summary>What is wrong with a block, with the closest valid one; null if it is valid.</summary>
    public static string? Problem(string text, out Cidr block)
    {
        if (Cidr.TryParse(text, out block))
            return null;
        string[] parts = text.Split('/');
        if (parts.Length == 1 && IsAddress(text))
            return $"{Scalars.Show(text)} has no prefix length; one address is {text}/32";
        if (parts.Length == 2
            && IsAddress(parts[0])
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int prefix))
            return prefix > 32
                ? $"{Scalars.Show(text)} has a prefix length beyond 32"
                : $"{Scalars.Show(text)} has host bits set; nearest: {FirstOf(parts[0], prefix)}";
        return $"{Scalars.Show(text)} is not an IPv4 block such as 10.0.0.0/16";
    }

    private static bool IsAddress(string text) =>
        text.Count(c => c == '.') == 3
            && IPAddress.TryParse(text, out IPAddress? address)
            && address.AddressFamily == AddressFamily.InterNetwork;

    private static Cidr FirstOf(string text, int prefix)
    {
        byte[] bytes = IPAddress.Parse(text).GetAddressBytes();
        uint address = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        return new Cidr(prefix == 0 ? 0 : address & (uint.MaxValue << (32 - prefix)), prefix);
    }
}
