using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchMetricAlarm;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Monitoring;

/// <summary>
/// Tells when a service is slow, failing, unhealthy or short of CPU or memory. Metrics:
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html and
/// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
/// </summary>
internal sealed class ServiceAlarms : Construct
{
    private const int MinuteSeconds = 60;

    public ServiceAlarms(Construct scope, string id, ServiceAlarmsProps props) : base(scope, id)
    {
        ObservabilityConfig config = props.Config;
        var tasks = new Dictionary<string, string> { ["ClusterName"] = props.ClusterName, ["ServiceName"] = props.ServiceName };
        var targets = new Dictionary<string, string>
        {
            ["LoadBalancer"] = props.LoadBalancerArnSuffix,
            ["TargetGroup"] = props.TargetGroupArnSuffix,
        };

        Alarm(props, "cpu", new AlarmRule("AWS/ECS", "CPUUtilization", tasks, "Average", config.CpuPercent, 2, 5 * MinuteSeconds),
            $"CPU above {config.CpuPercent} % for 10 minutes.");
        Alarm(props, "memory", new AlarmRule("AWS/ECS", "MemoryUtilization", tasks, "Average", config.MemoryPercent, 2, 5 * MinuteSeconds),
            $"Memory above {config.MemoryPercent} % for 10 minutes.");
        Alarm(props, "response-time", new AlarmRule("AWS/ApplicationELB", "TargetResponseTime", targets, "Average", config.ResponseTimeSeconds, 3, MinuteSeconds),
            $"Average response time above {config.ResponseTimeSeconds} s for 3 minutes.");
        Alarm(props, "unhealthy-hosts", new AlarmRule("AWS/ApplicationELB", "UnHealthyHostCount", targets, "Maximum", 0, 5, MinuteSeconds),
            "Unhealthy tasks for 5 minutes.");
        Alarm(props, "5xx", new AlarmRule("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", targets, "Sum", 10, 3, MinuteSeconds),
            "More than 10 answers of 5xx a minute for 3 minutes.");
    }

    private void Alarm(ServiceAlarmsProps props, string what, AlarmRule rule, string description) =>
        new CloudwatchMetricAlarm(this, what, new CloudwatchMetricAlarmConfig
        {
            AlarmName = props.Context.Names.For(NameRule.Alarm, $"{props.Service}-{what}"),
            AlarmDescription = $"{props.Service}: {description}",
            Namespace = rule.Namespace,
            MetricName = rule.Metric,
            Dimensions = rule.Dimensions,
            Statistic = rule.Statistic,
            ComparisonOperator = "GreaterThanThreshold",
            Threshold = rule.Threshold,
            EvaluationPeriods = rule.Periods,
            Period = rule.PeriodSeconds,
            // A service without traffic, or asleep, is not in trouble.
            TreatMissingData = "notBreaching",
            AlarmActions = [props.AlertTopicArn],
            OkActions = [props.AlertTopicArn],
        }).Named($"{props.Service}_{what}");

    private sealed record AlarmRule(
        string Namespace,
        string Metric,
        Dictionary<string, string> Dimensions,
        string Statistic,
        double Threshold,
        int Periods,
        int PeriodSeconds);
}

/// <param name="Context">The deployment.</param>
/// <param name="Service">Name of the service in the environment file.</param>
/// <param name="Config">Thresholds.</param>
/// <param name="ClusterName">Cluster of the service.</param>
/// <param name="ServiceName">Name of the ECS service.</param>
/// <param name="LoadBalancerArnSuffix">What CloudWatch calls the load balancer.</param>
/// <param name="TargetGroupArnSuffix">What CloudWatch calls the target group.</param>
/// <param name="AlertTopicArn">Topic that is told.</param>
internal sealed record ServiceAlarmsProps(
    DeploymentContext Context,
    string Service,
    ObservabilityConfig Config,
    string ClusterName,
    string ServiceName,
    string LoadBalancerArnSuffix,
    string TargetGroupArnSuffix,
    string AlertTopicArn);
