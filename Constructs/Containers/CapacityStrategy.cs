using Infra.Configuration.Model;

namespace Infra.Constructs.Containers;

/// <summary>Share of Fargate or Fargate Spot in a capacity provider strategy.</summary>
/// <param name="Provider">FARGATE or FARGATE_SPOT.</param>
/// <param name="Base">Minimum number of tasks that run on it; only one provider in a strategy can have a base.</param>
/// <param name="Weight">Relative share of the remaining tasks.</param>
internal sealed record CapacityShare(string Provider, int Base, int Weight);

/// <summary>
/// How tasks are distributed across capacity providers.
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html
/// </summary>
internal static class CapacityStrategy
{
    /// <summary>The providers with a base or a weight above zero.</summary>
    public static IReadOnlyList<CapacityShare> Of(CapacityConfig config) =>
    [
        .. new CapacityShare[] { new("FARGATE", config.Base, config.OnDemand), new("FARGATE_SPOT", 0, config.Spot) }
            .Where(share => share.Base > 0 || share.Weight > 0),
    ];
}
