using Constructs;
using HashiCorp.Cdktf;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.Monitoring;

/// <summary>Alarms of a service: slow responses, errors, unhealthy tasks, high CPU or memory.</summary>
internal sealed class ServiceAlarms : Construct
{
    private const int MinuteSeconds = 60;

    public ServiceAlarms(Construct scope, string id, ServiceAlarmsProps props) : base(scope, id)
    {
        ObservabilityConfig config = props.Config;
        var alarms = new Alarms(this, props.Context, props.AlertTopicArn);
        DeploymentAlarm Add(string what, string description, Metric metric, double threshold, int periods, int periodSeconds)
        {
            string purpose = $"{props.Service}-{what}";
            return new DeploymentAlarm(
                Alarms.NameOf(props.Context, purpose),
                alarms.Add($"{props.Service}_{what}", purpose, $"{props.Service}: {description}",
                    new AlarmRule(metric, threshold, periods, periodSeconds)));
        }
        Metric Tasks(string name) => Metrics.Tasks(props.ClusterName, props.ServiceName, name);

        Add("cpu", $"CPU above {config.CpuPercent} % for 10 minutes.", Tasks("CPUUtilization"), config.CpuPercent, 2, 5 * MinuteSeconds);
        Add("memory", $"Memory above {config.MemoryPercent} % for 10 minutes.", Tasks("MemoryUtilization"), config.MemoryPercent, 2,
            5 * MinuteSeconds);
        if (props.Requests is not { } requests) return;

        ForDeployments =
        [
            Add("response-time", $"Average response time above {config.ResponseTimeSeconds} s for 3 minutes.",
                requests.Metric("TargetResponseTime", "Average"), config.ResponseTimeSeconds * requests.TimeUnitsPerSecond, 3,
                MinuteSeconds),
            Add("5xx", $"More than {config.ServerErrorsPerMinute} answers of 5xx a minute for 3 minutes.",
                requests.Metric("HTTPCode_Target_5XX_Count", "Sum"), config.ServerErrorsPerMinute, 3, MinuteSeconds),
        ];
        if (requests.CountsHosts)
            Add("unhealthy-hosts", "Unhealthy tasks for 5 minutes.", requests.Metric("UnHealthyHostCount", "Maximum"), 0, 5, MinuteSeconds);
    }

    /// <summary>
    /// Alarms that show within minutes that a new version behaves worse, and that roll back its deployment. CPU and memory are not among
    /// them: ECS watches alarms for as long as they evaluate, which would prolong every deployment.
    /// </summary>
    public IReadOnlyList<DeploymentAlarm> ForDeployments { get; } = [];
}

internal sealed record ServiceAlarmsProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Name of the service in the environment file.</summary>
    public required string Service { get; init; }

    /// <summary>Thresholds.</summary>
    public required ObservabilityConfig Config { get; init; }

    /// <summary>Cluster of the service.</summary>
    public required string ClusterName { get; init; }

    /// <summary>Name of the ECS service.</summary>
    public required string ServiceName { get; init; }

    /// <summary>Metrics of its requests; none for a worker.</summary>
    public required RequestMetrics? Requests { get; init; }

    /// <summary>Topic that is notified.</summary>
    public required string AlertTopicArn { get; init; }
}

/// <summary>An alarm that a deployment watches.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Resource">The alarm, which must be created before the service.</param>
internal sealed record DeploymentAlarm(string Name, ITerraformDependable Resource);

/// <summary>CloudWatch metrics of the requests to a service.</summary>
/// <param name="Namespace">Namespace of the metrics.</param>
/// <param name="Dimensions">Dimensions of the metrics.</param>
/// <param name="TimeUnitsPerSecond">Units per second of the response time metric.</param>
/// <param name="CountsHosts">Whether unhealthy tasks are counted.</param>
internal sealed record RequestMetrics(
    string Namespace, IReadOnlyDictionary<string, string> Dimensions, int TimeUnitsPerSecond, bool CountsHosts)
{
    /// <summary>One of these metrics.</summary>
    public Metric Metric(string name, string statistic) => new(Namespace, name, Dimensions, statistic);

    /// <summary>Requests through a load balancer.</summary>
    public static RequestMetrics ThroughLoadBalancer(string balancerArnSuffix, string targetGroupArnSuffix) => new(
        "AWS/ApplicationELB",
        new Dictionary<string, string> { ["LoadBalancer"] = balancerArnSuffix, ["TargetGroup"] = targetGroupArnSuffix },
        TimeUnitsPerSecond: 1,
        CountsHosts: true);

    /// <summary>Requests of other services, which Service Connect measures in milliseconds.</summary>
    public static RequestMetrics ThroughServiceConnect(string discoveryName) => new(
        "AWS/ECS",
        new Dictionary<string, string> { ["TargetDiscoveryName"] = discoveryName },
        TimeUnitsPerSecond: 1000,
        CountsHosts: false);
}
