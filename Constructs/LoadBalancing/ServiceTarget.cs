using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.LbListenerRule;
using HashiCorp.Cdktf.Providers.Aws.LbTargetGroup;
using Infra.Constructs.Foundation;

namespace Infra.Constructs.LoadBalancing;

/// <summary>
/// Connects a listener to a service's tasks: a target group with its health check, and the listener rule that forwards to it.
/// </summary>
internal sealed class ServiceTarget : Construct
{
    private const int UnusedPort = 80;

    public ServiceTarget(Construct scope, string id, ServiceTargetProps props) : base(scope, id)
    {
        string service = props.Service;
        LbTargetGroup group = new LbTargetGroup(this, "group", new LbTargetGroupConfig
        {
            Name = props.Context.Names.TargetGroup(service),
            VpcId = props.VpcId,
            TargetType = "ip",
            Protocol = "HTTP",
            // Never the service's own port: a changed port would replace the group, which can neither be created under the same name nor be
            // deleted while the rule forwards to it. ECS registers each task with its container's port, which receives requests and health
            // checks.
            // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (Port: "unless overridden
            // when registering")
            Port = UnusedPort,
            DeregistrationDelay = props.DeregistrationDelaySeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Stickiness = props.StickySeconds is { } seconds
                ? new LbTargetGroupStickiness { Type = "lb_cookie", CookieDuration = seconds }
                : null,
            HealthCheck = new LbTargetGroupHealthCheck
            {
                Enabled = true,
                Protocol = "HTTP",
                Port = "traffic-port",
                Path = props.HealthPath,
                Matcher = "200",
                Interval = 15,
                Timeout = 5,
                HealthyThreshold = 2,
                UnhealthyThreshold = 3,
            },
            // Groups that were created with another port are not replaced.
            Lifecycle = new TerraformResourceLifecycle { IgnoreChanges = new[] { "port" } },
        }).Named(service);
        TargetGroupArn = group.Arn;
        TargetGroupArnSuffix = group.ArnSuffix;
        ResourceLabel = $"{props.Listener.BalancerArnSuffix}/{TargetGroupArnSuffix}";

        var conditions = new List<LbListenerRuleCondition>();
        if (props.HostName is not null)
            conditions.Add(
                new LbListenerRuleCondition { HostHeader = new LbListenerRuleConditionHostHeader { Values = [props.HostName] } });
        if (props.Paths.Count > 0 || props.HostName is null)
            conditions.Add(new LbListenerRuleCondition
            {
                PathPattern = new LbListenerRuleConditionPathPattern { Values = props.Paths.Count > 0 ? [.. props.Paths] : ["/*"] },
            });

        Rule = new LbListenerRule(this, "rule", new LbListenerRuleConfig
        {
            ListenerArn = props.Listener.Arn,
            Priority = props.Priority,
            Condition = conditions.ToArray(),
            Action = new[] { new LbListenerRuleAction { Type = "forward", TargetGroupArn = TargetGroupArn } },
        }).Named(service);
    }

    public string TargetGroupArn { get; }

    /// <summary>ARN suffix, its value in the CloudWatch dimension TargetGroup.</summary>
    public string TargetGroupArnSuffix { get; }

    /// <summary>Resource label with which Application Auto Scaling counts requests of this load balancer and group.</summary>
    public string ResourceLabel { get; }

    /// <summary>Rule that forwards to the group; a service depends on it.</summary>
    public ITerraformDependable Rule { get; }
}

internal sealed record ServiceTargetProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Service that the group belongs to.</summary>
    public required string Service { get; init; }

    /// <summary>VPC of the tasks.</summary>
    public required string VpcId { get; init; }

    /// <summary>Listener that the rule is added to.</summary>
    public required TargetListener Listener { get; init; }

    /// <summary>Priority of the rule, 1 to 50000; lower numbers are evaluated first.</summary>
    public required int Priority { get; init; }

    /// <summary>Full host name; none means any.</summary>
    public required string? HostName { get; init; }

    /// <summary>Path patterns; none means any.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>Health check path; returns 200 while a task is healthy.</summary>
    public required string HealthPath { get; init; }

    /// <summary>Time for open requests to finish, 0 to 3600.</summary>
    public required int DeregistrationDelaySeconds { get; init; }

    /// <summary>Time for which requests of a browser are sent to the same task, 1 to 604800; none means to any task.</summary>
    public int? StickySeconds { get; init; }
}

/// <summary>A listener that forwards to services.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="BalancerArnSuffix">ARN suffix of its load balancer, as CloudWatch uses it.</param>
internal sealed record TargetListener(string Arn, string BalancerArnSuffix);
