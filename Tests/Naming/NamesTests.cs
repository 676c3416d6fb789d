using System.Reflection;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Infra.Naming;
using NUnit.Framework;

namespace Infra.Tests.Naming;

[TestFixture]
public class NamesTests
{
    private const string Account = "111111111111";

    private static readonly NameRule[] Rules =
        [.. typeof(NameRule).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<NameRule>()];

    private static readonly Gen<string> Words =
        from first in Gen.Elements("abcdefgh".ToCharArray())
        from length in Gen.Choose(0, 15)
        from rest in Gen.ArrayOf(Gen.Elements("abcdefgh0123456789".ToCharArray()), length)
        select first + new string(rest);

    [FsCheck.NUnit.Property]
    [Property("Row", "P12")]
    public Property TwoEnvironmentsOfOneAccount_ShareNoNameStateKeyOrLock()
    {
        var pairs = from one in Words
                    from other in Words
                    where one != other
                    from purpose in Words
                    from otherPurpose in Words
                    select (one, other, purpose, otherPurpose);
        return Prop.ForAll(pairs.ToArbitrary(), given =>
        {
            var one = new Names("tap", given.one, Account);
            var other = new Names("tap", given.other, Account);
            return Rules.All(rule => one.For(rule, given.purpose) != other.For(rule, given.otherPurpose))
                && one.Bucket(given.purpose) != other.Bucket(given.purpose)
                && one.Parameter(given.purpose) != other.Parameter(given.otherPurpose)
                && one.Secret(given.purpose) != other.Secret(given.otherPurpose)
                && one.StateKey("base") != other.StateKey("base")
                && one.StateKey("base") != one.StateKey("runtime");
        });
    }

    [FsCheck.NUnit.Property]
    public Property For_AnyRule_GivesANameThatTheRuleAllows() =>
        Prop.ForAll(Words.ToArbitrary(), Words.ToArbitrary(), (environment, purpose) =>
    {
        var names = new Names("tap", environment, Account);
        return Rules.Where(r => r != NameRule.Parameter).All(rule => rule.Allows(names.For(rule, purpose)))
            && NameRule.Parameter.Allows(names.Parameter(purpose))
            && NameRule.Bucket.Allows(names.Bucket(purpose))
            && NameRule.Repository.Allows(names.Repository(purpose));
    });

    [Test]
    [Property("Row", "T5")]
    public void Bucket_WithThePatternOfATeam_IsNamedAsTheTeamWants()
    {
        var names = new Names("tap", "poc", Account, new NamePatterns(Bucket: "{project}-{purpose}-{account}"));

        Assert.That(names.Bucket("spa"), Is.EqualTo("tap-spa-111111111111"));
        Assert.That(names.Bucket("files"), Is.EqualTo("tap-files-111111111111"));
    }

    [Test]
    [Property("Row", "H2")]
    public void Bucket_WithThePatternOfADataPlatform_IsNamedAsTheTeamWants() =>
        Assert.That(
            new Names("hoopstat-haus", "prod", Account, new NamePatterns(Bucket: "{project}-{purpose}-{env}")).Bucket("raw-data"),
            Is.EqualTo("hoopstat-haus-raw-data-prod"));

    [Test]
    public void Rules_HaveDistinctKindsAndPatternsThatCompile()
    {
        Assert.That(Rules, Has.Length.GreaterThan(15));
        Assert.That(Rules.Select(r => r.Kind), Is.Unique);
        foreach (NameRule rule in Rules)
            Assert.That(() => Regex.IsMatch("x", rule.Pattern), Throws.Nothing, rule.Kind);
    }

    [TestCase("internal-x", false)]
    [TestCase("tap-poc", true)]
    [TestCase("tap-poc-", false)]
    [TestCase("a-name-of-more-than-thirty-two-ch", false)]
    public void LoadBalancer_Allows_WhatAwsAllows(string name, bool allowed) =>
        Assert.That(NameRule.LoadBalancer.Allows(name), Is.EqualTo(allowed));
}
