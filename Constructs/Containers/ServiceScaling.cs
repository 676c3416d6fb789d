using Constructs;
using HashiCorp.Cdktf.Providers.Aws.AppautoscalingPolicy;
using HashiCorp.Cdktf.Providers.Aws.AppautoscalingTarget;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Containers;

/// <summary>Keeps a service's average CPU near a target by adding and removing tasks.</summary>
internal sealed class ServiceScaling : Construct
{
    private const string Dimension = "ecs:service:DesiredCount";
    private const string Namespace = "ecs";

    public ServiceScaling(Construct scope, string id, ServiceScalingProps props) : base(scope, id)
    {
        AppautoscalingTarget target = new AppautoscalingTarget(this, "target", new AppautoscalingTargetConfig
        {
            ServiceNamespace = Namespace,
            ScalableDimension = Dimension,
            ResourceId = $"service/{props.ClusterName}/{props.ServiceName}",
            MinCapacity = props.Config.Min,
            MaxCapacity = props.Config.Max,
        }).Named(props.Service);

        new AppautoscalingPolicy(this, "cpu", new AppautoscalingPolicyConfig
        {
            Name = props.Context.Names.For(NameRule.Alarm, $"{props.Service}-cpu"),
            PolicyType = "TargetTrackingScaling",
            ServiceNamespace = Namespace,
            ScalableDimension = Dimension,
            ResourceId = target.ResourceId,
            TargetTrackingScalingPolicyConfiguration = new AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration
            {
                TargetValue = props.Config.CpuPercent,
                PredefinedMetricSpecification = new AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification
                {
                    PredefinedMetricType = "ECSServiceAverageCPUUtilization",
                },
                ScaleOutCooldown = 60,
                ScaleInCooldown = 300,
            },
        }).Named($"{props.Service}_cpu");
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="ClusterName">Cluster of the service.</param>
/// <param name="ServiceName">Name of the ECS service.</param>
/// <param name="Service">Name of the service in the environment file.</param>
/// <param name="Config">Fewest and most tasks, and the CPU that is aimed at.</param>
internal sealed record ServiceScalingProps(
    DeploymentContext Context,
    string ClusterName,
    string ServiceName,
    string Service,
    AutoscalingConfig Config);
