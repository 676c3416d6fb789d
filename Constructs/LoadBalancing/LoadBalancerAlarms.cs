using Constructs;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;

namespace Infra.Constructs.LoadBalancing;

/// <summary>Tells when a load balancer itself answers with errors: no healthy target, a timeout, a broken connection.</summary>
internal sealed class LoadBalancerAlarms : Construct
{
    private const int MinuteSeconds = 60;

    public LoadBalancerAlarms(Construct scope, string id, LoadBalancerAlarmsProps props) : base(scope, id) =>
        new Alarms(this, props.Context, props.AlertTopicArn).Add(
            "alb_5xx",
            "alb-5xx",
            $"More than {props.ServerErrorsPerMinute} answers of 5xx a minute by the load balancer itself for 3 minutes.",
            new AlarmRule(Metrics.LoadBalancer(props.LoadBalancerArnSuffix, "HTTPCode_ELB_5XX_Count", "Sum"), props.ServerErrorsPerMinute, 3, MinuteSeconds));
}

/// <param name="Context">The deployment.</param>
/// <param name="LoadBalancerArnSuffix">What CloudWatch calls the load balancer.</param>
/// <param name="ServerErrorsPerMinute">Answers of 5xx in a minute above which people are told.</param>
/// <param name="AlertTopicArn">Topic that is told.</param>
internal sealed record LoadBalancerAlarmsProps(
    DeploymentContext Context, string LoadBalancerArnSuffix, int ServerErrorsPerMinute, string AlertTopicArn);
