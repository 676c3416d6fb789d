using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>Services keep Internet access if a zone is lost.</summary>
internal sealed class ZoneEgress() : SettingsCheck("zone-egress", "Internet access of services survives the loss of a zone")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.Services.Count == 0 || config.Network.Vpc == VpcSource.None
            ? CheckResult.NotApplicable("no services")
            : config.Network.Nat is NatMode.GatewayPerZone or NatMode.None
                ? CheckResult.Met(config.Network.Nat == NatMode.None ? "only VPC endpoints" : "a NAT gateway in each zone")
                : CheckResult.NotMet("one NAT for all zones", "\"network\": { \"nat\": \"perZone\" }");
}
