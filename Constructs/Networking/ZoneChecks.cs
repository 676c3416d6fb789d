using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.DataAwsAvailabilityZones;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Networking;

/// <summary>
/// Checks of the availability zones in the plan, before anything is created: which zone letters an account has, and which zone a letter
/// means, differs by account.
/// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/using-regions-availability-zones.html
/// </summary>
internal sealed class ZoneChecks
{
    // Regions in which AgentCore supports only some zones; in other Regions it supports all zones of an account.
    // https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agentcore-vpc.html#agentcore-supported-azs
    private static readonly Dictionary<string, string[]> AgentZoneIds = new(StringComparer.Ordinal)
    {
        ["ap-northeast-1"] = ["apne1-az1", "apne1-az2", "apne1-az4"],
        ["us-east-1"] = ["use1-az1", "use1-az2", "use1-az4"],
        ["us-west-2"] = ["usw2-az1", "usw2-az2", "usw2-az3"],
    };

    private const string Zones = "data.aws_availability_zones.zones";

    private readonly string _region;
    private readonly string _wanted;

    /// <param name="scope">Scope of the constructs.</param>
    /// <param name="region">Region.</param>
    /// <param name="letters">Letters of the zones: <c>a</c>.</param>
    public ZoneChecks(Construct scope, string region, IReadOnlyList<string> letters)
    {
        new DataAwsAvailabilityZones(scope, "zones", new DataAwsAvailabilityZonesConfig
        {
            // Without local zones; in any state, because an impaired zone must not stop a deployment.
            Filter = new[] { new DataAwsAvailabilityZonesFilter { Name = "zone-type", Values = ["availability-zone"] } },
        }).Named("zones");
        _region = region;
        _wanted = $"[{string.Join(", ", letters.Select(letter => $"\"{region}{letter}\""))}]";
    }

    /// <summary>Preconditions for the network.</summary>
    /// <param name="agents">Whether AgentCore agents run in the VPC.</param>
    public Precondition[] Of(bool agents)
    {
        string missing = $"setsubtract({_wanted}, {Zones}.names)";
        var exist = new Precondition
        {
            Condition = $"${{length({missing}) == 0}}",
            ErrorMessage = $"This account has no zone ${{join(\", \", {missing})}}; it has ${{join(\", \", {Zones}.names)}}. "
                + "Name the letters of two of them in network.zones of the environment file.",
        };
        if (!agents || !AgentZoneIds.TryGetValue(_region, out string[]? supported))
            return [exist];
        string ids = $"zipmap({Zones}.names, {Zones}.zone_ids)";
        string list = string.Join(", ", supported);
        string unsupported =
            $"[for zone in {_wanted} : zone if !contains([{string.Join(", ", supported.Select(id => $"\"{id}\""))}], lookup({ids}, "
                + "zone, \"\"))]";
        return
        [
            exist,
            new Precondition
            {
                Condition = $"${{length({unsupported}) == 0}}",
                ErrorMessage =
                    $"AgentCore does not support ${{join(\", \", {unsupported})}} of this account; in {_region} it supports the zone "
                        + $"ids {list}, "
                    + $"which this account calls ${{join(\", \", [for name, id in {ids} : name if contains(split(\", \", \"{list}\"), "
                        + $"id)])}}. "
                    + "Name the letters of two of these in network.zones of the environment file.",
            },
        ];
    }
}
