using System.Globalization;
using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.AppautoscalingPolicy;
using HashiCorp.Cdktf.Providers.Aws.AppautoscalingScheduledAction;
using HashiCorp.Cdktf.Providers.Aws.AppautoscalingTarget;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Containers;

/// <summary>
/// Keeps a service's CPU, memory, requests and backlog near their target values by adding and removing tasks, within limits that can
/// differ by time of day.
/// </summary>
internal sealed class ServiceScaling : Construct
{
    private const string Dimension = "ecs:service:DesiredCount";
    private const string Namespace = "ecs";

    public ServiceScaling(Construct scope, string id, ServiceScalingProps props) : base(scope, id)
    {
        AutoscalingConfig config = props.Config;
        AppautoscalingTarget target = new AppautoscalingTarget(this, "target", new AppautoscalingTargetConfig
        {
            ServiceNamespace = Namespace,
            ScalableDimension = Dimension,
            ResourceId = $"service/{props.ClusterName}/{props.ServiceName}",
            MinCapacity = config.Min,
            MaxCapacity = config.Max,
            // Scheduled actions write their limits into the scalable target itself; a deployment at noon must not restore the limits of the
            // night.
            Lifecycle = config.Schedules.Count == 0 && !props.ByTimetable
                ? null
                : new TerraformResourceLifecycle { IgnoreChanges = new[] { "min_capacity", "max_capacity" } },
        }).Named(props.Service);
        string resource = target.ResourceId;

        Track(props, resource, "cpu", config.CpuPercent, "ECSServiceAverageCPUUtilization");
        if (config.MemoryPercent is { } memory)
            Track(props, resource, "memory", memory, "ECSServiceAverageMemoryUtilization");
        if (config.RequestsPerTask is { } requests)
            Track(props, resource, "requests", requests, "ALBRequestCountPerTarget", props.ResourceLabel
                ?? throw new ArgumentException(
                    $"service '{props.Service}' counts requests, but no load balancer leads to it", nameof(props)));
        foreach ((string queue, int messages) in config.BacklogPerTask.OrderBy(backlog => backlog.Key, StringComparer.Ordinal))
            Track(props, resource, $"backlog-{queue}", messages,
                BacklogPerTask.Of(props.QueueNames[queue], props.ClusterName, props.ServiceName));
        foreach ((string name, ScheduledScalingConfig limits) in config.Schedules.OrderBy(schedule => schedule.Key, StringComparer.Ordinal))
            Schedule(props, resource, name, limits);
    }

    private void Track(ServiceScalingProps props, string resource, string what, int value, string metric, string? label = null) =>
        Track(props, resource, what, value, new AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration
        {
            PredefinedMetricSpecification =
                new AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationPredefinedMetricSpecification
                {
                    PredefinedMetricType = metric,
                    ResourceLabel = label,
                },
        });

    private void Track(
        ServiceScalingProps props, string resource, string what, int value,
        AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration tracking)
    {
        tracking.TargetValue = value;
        tracking.ScaleOutCooldown = 60;
        tracking.ScaleInCooldown = 300;
        new AppautoscalingPolicy(this, what, new AppautoscalingPolicyConfig
        {
            Name = props.Context.Names.For(NameRule.Alarm, $"{props.Service}-{what}"),
            PolicyType = "TargetTrackingScaling",
            ServiceNamespace = Namespace,
            ScalableDimension = Dimension,
            ResourceId = resource,
            TargetTrackingScalingPolicyConfiguration = tracking,
        }).Named($"{props.Service}_{what}");
    }

    private void Schedule(ServiceScalingProps props, string resource, string name, ScheduledScalingConfig limits) =>
        new AppautoscalingScheduledAction(this, $"at-{name}", new AppautoscalingScheduledActionConfig
        {
            Name = props.Context.Names.For(NameRule.Alarm, $"{props.Service}-{name}"),
            ServiceNamespace = Namespace,
            ScalableDimension = Dimension,
            ResourceId = resource,
            Schedule = limits.Schedule,
            Timezone = limits.Timezone,
            ScalableTargetAction = new AppautoscalingScheduledActionScalableTargetAction
            {
                MinCapacity = (limits.Min ?? props.Config.Min).ToString(CultureInfo.InvariantCulture),
                MaxCapacity = (limits.Max ?? props.Config.Max).ToString(CultureInfo.InvariantCulture),
            },
        }).Named($"{props.Service}_{name}");
}

internal sealed record ServiceScalingProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Cluster of the service.</summary>
    public required string ClusterName { get; init; }

    /// <summary>Name of the ECS service.</summary>
    public required string ServiceName { get; init; }

    /// <summary>Name of the service in the environment file.</summary>
    public required string Service { get; init; }

    /// <summary>Limits, targets and schedules.</summary>
    public required AutoscalingConfig Config { get; init; }

    /// <summary>Load balancer and target group whose requests are counted; none without a load balancer.</summary>
    public required string? ResourceLabel { get; init; }

    /// <summary>Names in AWS of the environment's queues, whose backlog is counted. Default: none.</summary>
    public IReadOnlyDictionary<string, string> QueueNames { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether a schedule sets minimum and maximum capacity to zero and back. Default: false.</summary>
    public bool ByTimetable { get; init; }
}
