using Infra.Configuration.Derived;
using Infra.Configuration.Model;
using Infra.Configuration.Validation;
using Infra.Naming;

namespace Infra.Configuration.Rules.Network;

internal static class WithoutVpc
{
    [Rule("network/vpc", "Resources that need a VPC have one.")]
    public static IEnumerable<RuleViolation> Check(EnvironmentConfig config)
    {
        if (config.Network.Vpc != VpcSource.None)
            yield break;
        if (config.Services.Count > 0)
            yield return new RuleViolation("network.vpc", "\"none\" leaves services without a network; use create", "services");
        foreach ((string path, DatabaseName name, _) in AllDatabases.Of(config))
            yield return new RuleViolation("network.vpc", $"\"none\" leaves {name.DisplayName} without a network; use create", path);
        if (config.Network.Endpoints.Count > 0)
            yield return new RuleViolation(
                "network.endpoints", "require a VPC, but network.vpc is none; leave them out, or use create", "network.vpc");
    }
}
