using Infra.Configuration.Model;
using Infra.Configuration.Reading;
using Infra.Configuration.Validation;

namespace Infra.Configuration.Rules.Account;

internal static class RegionZones
{
    [Rule("account/region", "The Region exists in the standard AWS partition, and has the zones of network.zones.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (Regions.Unknown(config.Region) is { } unknown)
        {
            yield return new RuleViolation("region", unknown);
            yield break;
        }

        string zones = Regions.ZonesOf(config.Region);
        for (int i = 0; i < config.Network.Zones.Count; i++)
            if (!zones.Contains(config.Network.Zones[i], StringComparison.Ordinal))
                yield return new RuleViolation(
                    ConfigPath.Item("network.zones", i),
                    $"{config.Region} has no zone {Scalars.Show(config.Network.Zones[i])}; it has {string.Join(", ", zones.ToCharArray())}",
                    "region");
    }
}
