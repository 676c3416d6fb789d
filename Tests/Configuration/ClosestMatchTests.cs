using FsCheck;
using FsCheck.Fluent;
using Infra.Configuration.Reading;
using NUnit.Framework;

namespace Infra.Tests.Configuration;

[TestFixture]
public class ClosestMatchTests
{
    private static readonly string[] Sections = ["services", "sites", "secrets", "security", "state"];

    private static readonly Gen<string> Words = Gen.ArrayOf(Gen.Elements("abc".ToCharArray())).Select(c => new string(c));

    [FsCheck.NUnit.Property]
    public Property Distance_IsSymmetricBoundedAndZeroOnlyForTheSame() => Prop.ForAll(Words.ToArbitrary(), Words.ToArbitrary(), (a, b) =>
    {
        int distance = ClosestMatch.Distance(a, b);
        return distance == ClosestMatch.Distance(b, a)
            && distance >= Math.Abs(a.Length - b.Length)
            && distance <= Math.Max(a.Length, b.Length)
            && (distance == 0) == (a == b);
    });

    [TestCase("kitten", "sitting", 3)]
    [TestCase("sevrices", "services", 1)]
    [TestCase("", "abc", 3)]
    public void Distance_CountsEdits(string a, string b, int expected) => Assert.That(ClosestMatch.Distance(a, b), Is.EqualTo(expected));

    [TestCase("servces", "services")]
    [TestCase("SECRETS", "secrets")]
    [TestCase("site", "sites")]
    [TestCase("budget", null)]
    [TestCase("", null)]
    public void Text_FindsTheClosestMatch(string given, string? expected) =>
        Assert.That(ClosestMatch.Text(given, Sections), Is.EqualTo(expected));

    [TestCase(300, "; nearest: 256, 512")]
    [TestCase(100, "; nearest: 256")]
    [TestCase(9000, "; nearest: 1024")]
    public void Hint_ShowsTheNextLowerAndHigherNumbers(int given, string expected) =>
        Assert.That(ClosestMatch.Hint(given, [1024, 256, 512]), Is.EqualTo(expected));
}
