using Infra.Configuration.Model;
using Infra.Operations.Doctor.Readiness;

namespace Infra.Operations.Doctor.Settings;

/// <summary>The state survives the loss of its bucket.</summary>
internal sealed class StateReplica() : SettingsCheck("state-replica", "The Terraform state is replicated to another Region")
{
    public override CheckResult Check(EnvironmentConfig config) =>
        config.State.ReplicaRegion is { } region
            ? CheckResult.Met(region)
            : CheckResult.NotMet("no state.replicaRegion", "\"state\": { \"replicaRegion\": REGION }, then ./infra bootstrap");
}
