using Infra.Configuration.Model;

namespace Infra.Configuration.Rules;

/// <summary>Tasks stand in private subnets and pull their images through NAT.</summary>
internal static class Egress
{
    public static IEnumerable<Problem> Check(EnvironmentConfig config)
    {
        if (config.Network.Nat == "none" && config.Services.Count > 0)
            yield return new Problem(
                "network.nat", "\"none\" leaves services no way to pull their images; take single, or perZone to survive the loss of a zone", "services");
    }
}
