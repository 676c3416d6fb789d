using Infra.Configuration.Model;

namespace Infra.Constructs.Containers;

/// <summary>Shares of Fargate and Fargate Spot, as ECS calls them.</summary>
/// <param name="Provider">FARGATE or FARGATE_SPOT.</param>
/// <param name="Base">Tasks that it gets before the shares count; one provider alone may have some.</param>
/// <param name="Weight">Its share of the others.</param>
internal sealed record CapacityShare(string Provider, int Base, int Weight);

/// <summary>How tasks are spread over capacity providers. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-capacity-providers.html</summary>
internal static class CapacityStrategy
{
    /// <summary>The providers that get any tasks.</summary>
    public static IReadOnlyList<CapacityShare> Of(CapacityConfig config) =>
    [
        .. new CapacityShare[] { new("FARGATE", config.Base, config.OnDemand), new("FARGATE_SPOT", 0, config.Spot) }
            .Where(share => share.Base > 0 || share.Weight > 0),
    ];
}
