using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Infra.Naming;

/// <summary>An IPv4 CIDR block, <c>10.0.0.0/16</c>.</summary>
/// <param name="Address">First address as a number.</param>
/// <param name="PrefixLength">Prefix length, 0 to 32.</param>
public readonly record struct Cidr(uint Address, int PrefixLength)
{
    /// <summary>Number of addresses.</summary>
    public long Size => 1L << (32 - PrefixLength);

    private long End => Address + Size;

    /// <summary>Parses <c>a.b.c.d/n</c>; false if it is invalid or has host bits set.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Cidr cidr)
    {
        cidr = default;
        string[] parts = (text ?? "").Split('/');
        if (parts.Length != 2
            || parts[0].Count(c => c == '.') != 3
            || !IPAddress.TryParse(parts[0], out IPAddress? ip)
            || ip.AddressFamily != AddressFamily.InterNetwork
            || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int prefix)
            || prefix > 32)
            return false;

        byte[] bytes = ip.GetAddressBytes();
        uint address = ((uint)bytes[0] << 24) | ((uint)bytes[1] << 16) | ((uint)bytes[2] << 8) | bytes[3];
        cidr = new Cidr(address, prefix);
        return address % cidr.Size == 0;
    }

    /// <summary>Parses <c>a.b.c.d/n</c>.</summary>
    /// <exception cref="FormatException">It is not a CIDR block.</exception>
    public static Cidr Parse(string text) =>
        TryParse(text, out Cidr cidr) ? cidr : throw new FormatException($"'{text}' is not an IPv4 block such as 10.0.0.0/16");

    public bool Contains(Cidr other) => other.Address >= Address && other.End <= End;

    public bool Overlaps(Cidr other) => Address < other.End && other.Address < End;

    /// <summary>
    /// The subnet with the given index when this block is split into parts with <paramref name="addedBits"/> more prefix bits.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part.</exception>
    public Cidr Subnet(int addedBits, int index)
    {
        int prefix = PrefixLength + addedBits;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(prefix, 32);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, 1L << addedBits);
        return new Cidr(Address + (uint)index * (uint)(1L << (32 - prefix)), prefix);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Address >> 24}.{(Address >> 16) & 255}.{(Address >> 8) & 255}.{Address & 255}/{PrefixLength}");
}
