using Infra.Configuration.Model;
using Infra.Constructs.Cost;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Storage;
using Infra.Naming;

namespace Infra.Stacks;

/// <summary>Part of the base stack: notifications, the budget, and the log groups and buckets that outlive runtime.</summary>
internal sealed class BaseMonitoring
{
    public BaseMonitoring(BaseScope scope)
    {
        (EnvironmentConfig config, ObservabilityConfig observability) = (scope.Config, scope.Config.Observability);
        Alerts = new AlertTopic(scope.Stack, "alerts", new AlertTopicProps(scope.Context, observability.AlertEmails)).Outputs;
        if (observability.Slack is { } slack)
            new SlackChannel(scope.Stack, "slack", new SlackChannelProps(
                scope.Context, slack, Alerts.Arn, scope.Stack.Elsewhere(SlackChannel.RegionFor(scope.Context.Region))));
        if (config.Budget is { } budget)
            new MonthlyBudget(scope.Stack, "budget", new MonthlyBudgetProps(scope.Context, budget, Alerts.Arn));
        // In base, so that it outlives a runtime that the schedule destroys.
        if (config.Security.Waf is not null)
            new LogGroup(
                scope.Stack, "waf-logs", new LogGroupProps(scope.Context, scope.Context.Names.FirewallLogGroup, scope.LogRetentionDays));
        if (config.Services.Values.Any(service => service.Exec))
            new LogGroup(scope.Stack, "exec", new LogGroupProps(scope.Context, scope.Context.Names.ExecLogGroup, scope.LogRetentionDays));
        if (observability.SavedQueries)
            Queries(scope);
        AccessLogs = new LogBucket(scope.Stack, "access-logs", new LogBucketProps(
            scope.Context, "access-logs", observability.AccessLogDays, LogWriter.Buckets, LogWriter.CloudFront));
        if (config.Network.Vpc != VpcSource.None)
            LoadBalancerLogs = new LogBucket(scope.Stack, "alb-logs", new LogBucketProps(
                scope.Context, "alb-logs", observability.AccessLogDays, LogWriter.LoadBalancers));
    }

    /// <summary>Topic that alarms are sent to.</summary>
    public AlertTopicOutputs Alerts { get; }

    /// <summary>Access logs of buckets and CloudFront.</summary>
    public LogBucket AccessLogs { get; }

    /// <summary>Access logs of load balancers; null without a VPC.</summary>
    public LogBucket? LoadBalancerLogs { get; }

    private static void Queries(BaseScope scope)
    {
        (EnvironmentConfig config, Names names) = (scope.Config, scope.Context.Names);
        new SavedQueries(scope.Stack, "query", new SavedQueriesProps
        {
            Context = scope.Context,
            ServiceLogGroups = [.. config.Services.Keys.Select(names.ServiceLogGroup)],
            SlowMilliseconds = config.Observability.ResponseTimeSeconds * 1000,
            ContainerInsightsLogGroup = config is { Services.Count: > 0, Observability.ContainerInsights: not ContainerInsights.Disabled }
                ? names.ContainerInsightsLogGroup
                : null,
            FirewallLogGroup = config.Security.Waf is null ? null : names.FirewallLogGroup,
        });
    }
}
