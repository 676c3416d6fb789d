using FsCheck;
using FsCheck.Fluent;
using Infra.Configuration.Model;
using Infra.Configuration.Rules.Network;
using Infra.Naming;
using NUnit.Framework;

namespace Infra.Tests.Configuration.Rules;

[TestFixture]
public class SubnetsTests
{
    private static readonly Gen<Cidr> Parts =
        from prefix in Gen.Choose(22, 26)
        from index in Gen.Choose(0, (1 << (prefix - 20)) - 1)
        select Cidr.Parse("10.0.0.0/20").Subnet(prefix - 20, index);

    /// <summary>The rule agrees with the plain definition: no two of the four subnets overlap.</summary>
    [FsCheck.NUnit.Property]
    public Property Check_FindsAnOverlapExactlyWhereThereIsOne() => Prop.ForAll(Gen.ArrayOf(Parts, 4).ToArbitrary(), blocks =>
    {
        bool overlap = blocks.SelectMany((a, i) => blocks.Skip(i + 1).Where(a.Overlaps)).Any();
        return Subnets.Check(With("10.0.0.0/20", blocks[..2], blocks[2..]))
            .Any(p => p.Message.Contains("overlaps", StringComparison.Ordinal)) == overlap;
    });

    [FsCheck.NUnit.Property]
    public Property Check_APlannedNetwork_HasNoFindings() =>
        Prop.ForAll(Gen.Choose(16, SubnetPlan.LongestVpcPrefix).ToArbitrary(), Gen.Choose(2, 6).ToArbitrary(), (prefix, zones) =>
    {
        var vpc = new Cidr(172u << 24 | 16u << 16, prefix);
        SubnetPlan plan = SubnetPlan.For(vpc, zones);
        EnvironmentConfig given = With(vpc.ToString(), plan.Public, plan.Private);
        EnvironmentConfig left = With(vpc.ToString(), [], []) with { };
        return !Subnets.Check(given).Any() && !Subnets.Check(left).Any();
    });

    [TestCase("100.64.0.0/16")]
    [TestCase("192.168.0.0/23")]
    [TestCase("172.31.0.0/16")]
    public void Check_PrivateSpace_IsAllowed(string vpc) => Assert.That(Subnets.Check(With(vpc, [], [])), Is.Empty);

    [TestCase("172.32.0.0/16")]
    [TestCase("192.0.0.0/16")]
    [TestCase("0.0.0.0/16")]
    public void Check_PublicSpace_IsAFinding(string vpc) =>
        Assert.That(Subnets.Check(With(vpc, [], [])).Select(p => p.Path), Is.EqualTo(new[] { "network.cidr" }));

    private static EnvironmentConfig With(string vpc, IReadOnlyList<Cidr> publicSubnets, IReadOnlyList<Cidr> privateSubnets) =>
        Samples.Environment with
        {
            Network = new NetworkConfig
            {
                Cidr = vpc,
                Zones = [.. "abcdef".Take(Math.Max(2, publicSubnets.Count)).Select(c => c.ToString())],
                PublicSubnets = [.. publicSubnets.Select(c => c.ToString())],
                PrivateSubnets = [.. privateSubnets.Select(c => c.ToString())],
            },
        };
}
