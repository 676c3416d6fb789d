using HashiCorp.Cdktf.Providers.Aws.AppautoscalingPolicy;
using Infra.Constructs.Monitoring;
using TrackedDimension = HashiCorp.Cdktf.Providers.Aws.AppautoscalingPolicy
    .AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricsMetricStatMetricDimensions;

namespace Infra.Constructs.Containers;

/// <summary>
/// Messages of a queue per running task of a service, as a metric of target tracking.
/// https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-target-tracking-metric-math.html
/// </summary>
internal static class BacklogPerTask
{
    /// <summary>The metric, without its target value.</summary>
    /// <param name="queue">Name of the queue in AWS.</param>
    /// <param name="cluster">Cluster of the service.</param>
    /// <param name="service">Name of the ECS service.</param>
    public static AppautoscalingPolicyTargetTrackingScalingPolicyConfiguration Of(string queue, string cluster, string service) => new()
    {
        CustomizedMetricSpecification = new AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecification
        {
            Metrics = new[]
            {
                Input("messages", Metrics.Queue(queue, "ApproximateNumberOfMessagesVisible", "Sum")),
                Input("tasks", Metrics.Insights(cluster, service, "RunningTaskCount", "Average")),
                new AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetrics
                {
                    Id = "backlog",
                    Label = "Messages per task",
                    Expression = "messages / tasks",
                    ReturnData = true,
                },
            },
        },
    };

    private static AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetrics Input(
        string id, Metric metric) => new()
        {
            Id = id,
            ReturnData = false,
            MetricStat = new AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricsMetricStat
            {
                Stat = metric.Statistic,
                Metric =
                    new AppautoscalingPolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricsMetricStatMetric
                    {
                        Namespace = metric.Namespace,
                        MetricName = metric.Name,
                        Dimensions = metric.Dimensions
                            .Select(dimension => new TrackedDimension { Name = dimension.Key, Value = dimension.Value }).ToArray(),
                    },
            },
        };
}
