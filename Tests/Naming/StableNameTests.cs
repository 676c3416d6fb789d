using FsCheck;
using FsCheck.Fluent;
using Infra.Naming;
using NUnit.Framework;

namespace Infra.Tests.Naming;

[TestFixture]
public class StableNameTests
{
    private static readonly Gen<string> Names =
        from length in Gen.Choose(1, 80)
        from letters in Gen.ArrayOf(Gen.Elements("abcxyz019-".ToCharArray()), length)
        select new string(letters);

    [FsCheck.NUnit.Property]
    public Property Shorten_FitsAndKeepsWhatFits() => Prop.ForAll(Names.ToArbitrary(), Gen.Choose(8, 64).ToArbitrary(), (name, max) =>
    {
        string result = StableName.Shorten(name, max);
        return result.Length <= max && (name.Length > max || result == name) && result == StableName.Shorten(name, max);
    });

    [FsCheck.NUnit.Property]
    public Property Shorten_OfShortened_ChangesNothing() => Prop.ForAll(Names.ToArbitrary(), Gen.Choose(8, 64).ToArbitrary(), (name, max) =>
        StableName.Shorten(StableName.Shorten(name, max), max) == StableName.Shorten(name, max));

    [Test]
    public void Shorten_LongName_IsTheSameInEveryVersion() =>
        Assert.That(StableName.Shorten("durable-code-production-recommendations", 32),
            Is.EqualTo("durable-code-production-r-" + StableName.Hash("durable-code-production-recommendations")));

    [Test]
    public void Hash_IsTheBeginningOfSha256() => Assert.That(StableName.Hash("abc"), Is.EqualTo("ba7816"));

    [Test]
    public void Shorten_TenThousandNamesThatBeginAlike_StayApart()
    {
        // Six hexadecimal digits of 10,000 names can collide by chance; here the names also differ in the part that is kept, like names of
        // services.
        IEnumerable<string> names = Enumerable.Range(0, 10_000).Select(i => $"durable-code-production-{i:D5}-recommendations-target");
        IEnumerable<string> shortened = names.Select(n => StableName.Shorten(n, 36));

        Assert.That(shortened.Distinct().Count(), Is.EqualTo(10_000));
    }

    [Test]
    public void Shorten_AHundredNamesThatDifferOnlyAtTheEnd_StayApart()
    {
        IEnumerable<string> names = Enumerable.Range(0, 100).Select(i => $"durable-code-production-recommendation-engine-{i}");

        Assert.That(names.Select(n => StableName.Shorten(n, 32)).Distinct().Count(), Is.EqualTo(100));
    }

    [Test]
    public void Shorten_ToLessThanTheHashNeeds_IsRejected() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StableName.Shorten("backend", 7));
}
