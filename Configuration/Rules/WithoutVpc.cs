using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Naming;

namespace Infra.Configuration.Rules;

/// <summary>What stands in a network has one.</summary>
internal static class WithoutVpc
{
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Network.Vpc != "none")
            yield break;
        if (config.Services.Count > 0)
            yield return new RuleViolation("network.vpc", "\"none\" leaves services nothing to stand in; take create", "services");
        foreach ((string path, DatabaseName name, _) in AllDatabases.Of(config))
            yield return new RuleViolation("network.vpc", $"\"none\" leaves {name.DisplayName} nothing to stand in; take create", path);
        if (config.Network.Endpoints.Count > 0)
            yield return new RuleViolation("network.endpoints", "stand in a VPC, and network.vpc is none; leave them out, or take create", "network.vpc");
    }
}
