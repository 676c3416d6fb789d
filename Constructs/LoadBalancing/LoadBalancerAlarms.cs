using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;

namespace Infra.Constructs.LoadBalancing;

/// <summary>Alarm for errors that the load balancer itself returns: no healthy target, a timeout, a broken connection.</summary>
internal sealed class LoadBalancerAlarms : Construct
{
    private const int MinuteSeconds = 60;

    public LoadBalancerAlarms(Construct scope, string id, LoadBalancerAlarmsProps props) : base(scope, id) =>
        new Alarms(this, props.Context, props.AlertTopicArn).Add(
            "alb_5xx",
            "alb-5xx",
            $"More than {props.ServerErrorsPerMinute} answers of 5xx a minute by the load balancer itself for 3 minutes.",
            new AlarmRule(Metrics.LoadBalancer(props.LoadBalancerArnSuffix, "HTTPCode_ELB_5XX_Count", "Sum"), props.ServerErrorsPerMinute,
                3, MinuteSeconds));
}

/// <param name="Context">The deployment.</param>
/// <param name="LoadBalancerArnSuffix">ARN suffix of the load balancer, its dimension in CloudWatch.</param>
/// <param name="ServerErrorsPerMinute">Number of 5xx responses per minute above which the topic is notified.</param>
/// <param name="AlertTopicArn">Topic that is notified.</param>
internal sealed record LoadBalancerAlarmsProps(
    DeploymentContext Context, string LoadBalancerArnSuffix, int ServerErrorsPerMinute, string AlertTopicArn);
