using Infra.Operations.Aws;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.AwsClients;

/// <summary>
/// Actions of Application Auto Scaling. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_Operations.html
/// </summary>
internal sealed class ApplicationAutoScalingClient(AwsAccess access)
{
    /// <summary>Sets the minimum and maximum number of tasks of an ECS service.</summary>
    public Task RegisterScalableTargetAsync(string cluster, string service, int minimum, int maximum, CancellationToken cancellation) =>
        access.Api("application-autoscaling").JsonAsync<JObject>("RegisterScalableTarget", new
        {
            ServiceNamespace = "ecs",
            ScalableDimension = "ecs:service:DesiredCount",
            ResourceId = $"service/{cluster}/{service}",
            MinCapacity = minimum,
            MaxCapacity = maximum,
        }, cancellation: cancellation);
}
