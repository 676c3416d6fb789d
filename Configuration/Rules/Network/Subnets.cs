using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;
using Infra.Naming;

namespace Infra.Configuration.Rules.Network;

// https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
internal static class Subnets
{
    private const int ShortestPrefix = 16;
    private const int LongestPrefix = 24;

    // RFC 1918, and RFC 6598's shared space, which AWS allows in a VPC.
    private static readonly Cidr[] PrivateSpace =
        [Cidr.Parse("10.0.0.0/8"), Cidr.Parse("172.16.0.0/12"), Cidr.Parse("192.168.0.0/16"), Cidr.Parse("100.64.0.0/10")];

    [Rule("network/subnets",
        "The VPC is a private block of a size that AWS supports; subnets are in it, do not overlap, and there is one for each zone.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        NetworkConfig network = config.Network;
        const string vpcPath = "network.cidr";
        string? vpcProblem = Blocks.Problem(network.Cidr, out Cidr vpc) ?? VpcProblem(vpc);
        if (vpcProblem is not null)
            yield return new RuleViolation(vpcPath, vpcProblem);

        var placed = new List<(string Path, Cidr Block)>();
        foreach ((string path, IReadOnlyList<string> blocks)
            in new[] { ("network.publicSubnets", network.PublicSubnets), ("network.privateSubnets", network.PrivateSubnets) })
        {
            if (blocks.Count == 0)
            {
                if (vpcProblem is not null)
                    continue;
                if (vpc.PrefixLength > SubnetPlan.LongestVpcPrefix)
                    yield return new RuleViolation(
                        path, $"must be given: parts of {vpc} would be smaller than the /{SubnetPlan.LongestPrefix} that a load "
                            + $"balancer needs; or use a /{SubnetPlan.LongestVpcPrefix} as network.cidr", vpcPath);
                else if (network.Zones.Count is >= 1 and <= 6)
                    placed.AddRange(Planned(path, vpc, network.Zones.Count).Select(block => (path, block)));
                continue;
            }

            if (blocks.Count != network.Zones.Count)
                yield return new RuleViolation(
                    path, $"has {blocks.Count} of {network.Zones.Count} subnets; one for each zone is needed "
                        + $"({string.Join(", ", network.Zones)})", "network.zones");
            for (int i = 0; i < blocks.Count; i++)
            {
                string itemPath = ConfigPath.Item(path, i);
                string? problem = Blocks.Problem(blocks[i], out Cidr block)
                    ?? (vpcProblem is null && !vpc.Contains(block) ? $"{block} is not inside network.cidr {vpc}" : null)
                    ?? (block.PrefixLength > SubnetPlan.LongestPrefix
                        ? $"{block} is too small; a load balancer needs a /{SubnetPlan.LongestPrefix} or larger"
                        : null);
                if (problem is not null)
                {
                    yield return new RuleViolation(itemPath, problem, vpcPath);
                    continue;
                }
                (string Path, Cidr Block) other = placed.FirstOrDefault(p => p.Block.Overlaps(block));
                if (other.Path is not null)
                    yield return new RuleViolation(itemPath, $"{block} overlaps {other.Block} of {other.Path}", other.Path);
                placed.Add((itemPath, block));
            }
        }
    }

    private static IEnumerable<Cidr> Planned(string path, Cidr vpc, int zones)
    {
        SubnetPlan plan = SubnetPlan.For(vpc, zones);
        return path == "network.publicSubnets" ? plan.Public : plan.Private;
    }

    private static string? VpcProblem(Cidr vpc)
    {
        if (vpc.PrefixLength is < ShortestPrefix or > LongestPrefix)
            return $"{vpc} is not from /{ShortestPrefix} to /{LongestPrefix}; nearest: "
                + $"/{Math.Clamp(vpc.PrefixLength, ShortestPrefix, LongestPrefix)}";
        if (!PrivateSpace.Any(space => space.Contains(vpc)))
            return $"{vpc} contains public addresses, which tasks could then not reach; use one of {string.Join(", ", PrivateSpace)}";
        return null;
    }
}
