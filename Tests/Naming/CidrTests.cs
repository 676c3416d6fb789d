using FsCheck;
using FsCheck.Fluent;
using Infra.Naming;
using NUnit.Framework;

namespace Infra.Tests.Naming;

[TestFixture]
public class CidrTests
{
    /// <summary>Random blocks of every size.</summary>
    public static class Blocks
    {
        public static Arbitrary<Cidr> Any() => (
            from prefix in Gen.Choose(0, 32)
            from high in Gen.Choose(0, 0xFFFF)
            from low in Gen.Choose(0, 0xFFFF)
            let mask = prefix == 0 ? 0u : uint.MaxValue << (32 - prefix)
            select new Cidr((((uint)high << 16) | (uint)low) & mask, prefix)).ToArbitrary();
    }

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Blocks)])]
    public bool Parse_ReadsWhatToStringWrites(Cidr block) => Cidr.Parse(block.ToString()) == block;

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Blocks)])]
    public bool TryParse_RejectsHostBits(Cidr block, uint bits)
    {
        uint behind = block.PrefixLength == 32 ? 0 : bits & ((uint)(1L << (32 - block.PrefixLength)) - 1);
        string text = new Cidr(block.Address | behind, block.PrefixLength).ToString();
        return Cidr.TryParse(text, out _) == (behind == 0);
    }

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Blocks)])]
    public bool Overlaps_IsSymmetric(Cidr a, Cidr b) => a.Overlaps(b) == b.Overlaps(a) && a.Overlaps(a);

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Blocks)])]
    public bool Overlaps_MeansThatOneHoldsTheOther(Cidr a, Cidr b) => a.Overlaps(b) == (a.Contains(b) || b.Contains(a));

    [FsCheck.NUnit.Property(Arbitrary = [typeof(Blocks)])]
    public Property Subnet_PartsAreInsideAndDisjoint(Cidr block, NonNegativeInt bits, NonNegativeInt first, NonNegativeInt second)
    {
        int added = Math.Min(bits.Get % 9, 32 - block.PrefixLength);
        int parts = 1 << added;
        Cidr a = block.Subnet(added, first.Get % parts);
        Cidr b = block.Subnet(added, second.Get % parts);
        return (block.Contains(a) && block.Contains(b)).Label("inside")
            .And((a.Overlaps(b) == (first.Get % parts == second.Get % parts)).Label("disjoint"))
            .And((a.Size * parts == block.Size).Label("equal parts"));
    }

    [TestCase("10.0.0.0")]
    [TestCase("10.0.0/16")]
    [TestCase("10.0.0.0/33")]
    [TestCase("10.0.0.0/-1")]
    [TestCase("10.0.0.0/ 8")]
    [TestCase("10.0.0.256/32")]
    [TestCase("::/0")]
    [TestCase("")]
    [TestCase(null)]
    public void TryParse_RejectsInvalidBlocks(string? text) => Assert.That(Cidr.TryParse(text, out _), Is.False);

    [Test]
    public void Subnet_OutOfRange_IsRejected() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Cidr.Parse("10.0.0.0/16").Subnet(8, 256));
}
