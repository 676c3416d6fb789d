using FsCheck;
using FsCheck.Fluent;
using Infra.Naming;
using NUnit.Framework;

namespace Infra.Tests.Naming;

[TestFixture]
public class SubnetPlanTests
{
    [Test]
    [Property("Row", "T1")]
    public void For_ASixteenInTwoZones_IsTheReferenceSystemsPlan()
    {
        SubnetPlan plan = SubnetPlan.For(Cidr.Parse("10.0.0.0/16"), 2);

        Assert.That(plan.Public.Select(c => c.ToString()), Is.EqualTo(new[] { "10.0.1.0/24", "10.0.2.0/24" }));
        Assert.That(plan.Private.Select(c => c.ToString()), Is.EqualTo(new[] { "10.0.10.0/24", "10.0.11.0/24" }));
    }

    [FsCheck.NUnit.Property]
    public Property For_AnyVpc_GivesDisjointSubnetsInsideThatALoadBalancerTakes()
    {
        Gen<(Cidr Vpc, int Zones)> plans =
            from prefix in Gen.Choose(16, SubnetPlan.LongestVpcPrefix)
            from second in Gen.Choose(0, 255)
            from zones in Gen.Choose(1, 6)
            select (new Cidr(((10u << 24) | ((uint)second << 16)), prefix), zones);
        return Prop.ForAll(plans.ToArbitrary(), given =>
        {
            SubnetPlan plan = SubnetPlan.For(given.Vpc, given.Zones);
            Cidr[] all = [.. plan.Public, .. plan.Private];
            return all.Length == 2 * given.Zones
                && all.All(given.Vpc.Contains)
                && all.All(c => c.PrefixLength <= SubnetPlan.LongestPrefix)
                && !all.SelectMany((a, i) => all.Skip(i + 1).Where(a.Overlaps)).Any();
        });
    }

    [FsCheck.NUnit.Property]
    public bool For_OneZoneMore_LeavesTheOthersWhereTheyAre(PositiveInt zones)
    {
        int fewer = 1 + (zones.Get % 5);
        Cidr vpc = Cidr.Parse("10.0.0.0/16");
        return SubnetPlan.For(vpc, fewer + 1).Public.Take(fewer).SequenceEqual(SubnetPlan.For(vpc, fewer).Public)
            && SubnetPlan.For(vpc, fewer + 1).Private.Take(fewer).SequenceEqual(SubnetPlan.For(vpc, fewer).Private);
    }

    [TestCase("10.0.0.0/24", 2)]
    [TestCase("10.0.0.0/16", 7)]
    [TestCase("10.0.0.0/16", 0)]
    public void For_TooSmallAVpcOrTooManyZones_IsRejected(string vpc, int zones) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SubnetPlan.For(Cidr.Parse(vpc), zones));
}
