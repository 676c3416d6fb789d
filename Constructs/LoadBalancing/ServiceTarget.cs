using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.LbListenerRule;
using HashiCorp.Cdktf.Providers.Aws.LbTargetGroup;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.LoadBalancing;

/// <summary>The way from a listener to a service's tasks: a target group with its health check, and the rule that leads there.</summary>
internal sealed class ServiceTarget : Construct
{
    private const int UnusedPort = 80;

    public ServiceTarget(Construct scope, string id, ServiceTargetProps props) : base(scope, id)
    {
        string service = props.Service;
        LbTargetGroup group = new LbTargetGroup(this, "group", new LbTargetGroupConfig
        {
            Name = props.Context.Names.For(NameRule.TargetGroup, service),
            VpcId = props.VpcId,
            TargetType = "ip",
            Protocol = "HTTP",
            // Never a service's own: another port would be another group, which can neither be made under the same name nor deleted while
            // the rule leads to it. ECS registers each task with its container's port, and that is where requests and checks go.
            // https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html (Port: "unless overridden when registering")
            Port = UnusedPort,
            DeregistrationDelay = props.DeregistrationDelaySeconds.ToString(System.Globalization.CultureInfo.InvariantCulture),
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
            // Groups that were made with another port stay.
            Lifecycle = new TerraformResourceLifecycle { IgnoreChanges = new[] { "port" } },
        }).Named(service);
        TargetGroupArn = group.Arn;
        TargetGroupArnSuffix = group.ArnSuffix;
        ResourceLabel = $"{props.Listener.BalancerArnSuffix}/{TargetGroupArnSuffix}";

        var conditions = new List<LbListenerRuleCondition>();
        if (props.HostName is not null)
            conditions.Add(new LbListenerRuleCondition { HostHeader = new LbListenerRuleConditionHostHeader { Values = [props.HostName] } });
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

    /// <summary>What CloudWatch calls it in the dimension TargetGroup.</summary>
    public string TargetGroupArnSuffix { get; }

    /// <summary>What Application Auto Scaling calls load balancer and group, to count requests.</summary>
    public string ResourceLabel { get; }

    /// <summary>Rule that leads to the group; a service waits for it.</summary>
    public ITerraformDependable Rule { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="Service">Service that the group belongs to.</param>
/// <param name="VpcId">VPC of the tasks.</param>
/// <param name="Listener">Listener that gets the rule.</param>
/// <param name="Priority">Number of the rule, 1 to 50000; lower ones are tried first.</param>
/// <param name="HostName">Whole host name; none means any.</param>
/// <param name="Paths">Path patterns; none means any.</param>
/// <param name="HealthPath">Path that answers 200 while a task is healthy.</param>
/// <param name="DeregistrationDelaySeconds">Time for open requests to finish, 0 to 3600.</param>
internal sealed record ServiceTargetProps(
    DeploymentContext Context,
    string Service,
    string VpcId,
    TargetListener Listener,
    int Priority,
    string? HostName,
    IReadOnlyList<string> Paths,
    string HealthPath,
    int DeregistrationDelaySeconds);

/// <summary>A listener that leads to services.</summary>
/// <param name="Arn">Its ARN.</param>
/// <param name="BalancerArnSuffix">What CloudWatch calls its load balancer.</param>
internal sealed record TargetListener(string Arn, string BalancerArnSuffix);
