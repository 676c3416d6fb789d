using Infra.Configuration.Findings;
using Infra.Configuration.Model;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Network;

/// <summary>Counts Elastic IP addresses; each NAT gateway or NAT instance uses one.</summary>
internal static class ElasticAddresses
{
    // https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-eips
    private const int Quota = 5;

    [Rule("network/elastic-ips",
        "NAT needs no more Elastic IP addresses than the default quota of a Region and account.", Severity.Warning)]
    public static IEnumerable<RuleViolation> Warn(EnvironmentConfig config, EnvironmentFolder folder)
    {
        int own = NeededBy(config);
        if (own == 0 || config.Emulator)
            yield break;
        SiblingEnvironment[] beside =
        [
            .. folder.Others.Where(other => !other.Config.Emulator && NeededBy(other.Config) > 0
                && (other.Config.Account, other.Config.Region) == (config.Account, config.Region)),
        ];
        int all = own + beside.Sum(other => NeededBy(other.Config));
        if (all > Quota)
            yield return new RuleViolation(
                "network.nat",
                $"needs {own} Elastic IP "
                    + $"addresses{(beside.Length == 0 ? "" : $", with {string.Join(", ", beside.Select(other => other.Name))} {all}")}; "
                + $"a region of an account has {Quota} unless you raised the quota (Service Quotas, L-0263D0A3); raise it, or use single",
                "account", "region");
    }

    private static int NeededBy(EnvironmentConfig config) => config.Network switch
    {
        { Vpc: VpcSource.None } or { Nat: NatMode.None } => 0,
        { Nat: NatMode.GatewayPerZone } network => network.Zones.Count,
        _ => 1,
    };
}
