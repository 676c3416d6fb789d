using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchMetricAlarm;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Monitoring;

/// <summary>Creates alarms that notify one topic when they are raised and when they end.</summary>
/// <param name="scope">Parent construct.</param>
/// <param name="context">The deployment.</param>
/// <param name="topicArn">Topic that is notified.</param>
internal sealed class Alarms(Construct scope, DeploymentContext context, string topicArn)
{
    /// <summary>Adds an alarm.</summary>
    /// <param name="logicalId">Its logical id.</param>
    /// <param name="purpose">Part of its name after the prefix: <c>backend-cpu</c>.</param>
    /// <param name="description">Text of the notification.</param>
    /// <param name="rule">When it is raised.</param>
    /// <returns>The alarm, for dependencies.</returns>
    public ITerraformDependable Add(string logicalId, string purpose, string description, AlarmRule rule) =>
        new CloudwatchMetricAlarm(scope, purpose, new CloudwatchMetricAlarmConfig
        {
            AlarmName = NameOf(context, purpose),
            AlarmDescription = description,
            Namespace = rule.Metric.Namespace,
            MetricName = rule.Metric.Name,
            Dimensions = rule.Metric.Dimensions.ToDictionary(),
            Statistic = rule.Metric.Statistic,
            ComparisonOperator = rule.Below ? "LessThanThreshold" : "GreaterThanThreshold",
            Threshold = rule.Threshold,
            EvaluationPeriods = rule.Periods,
            Period = rule.PeriodSeconds,
            TreatMissingData = rule.MissingData,
            AlarmActions = [topicArn],
            OkActions = [topicArn],
        }).Named(logicalId);

    /// <summary>Name of the alarm of a purpose.</summary>
    public static string NameOf(DeploymentContext context, string purpose) => context.Names.For(NameRule.Alarm, purpose);
}

/// <summary>When an alarm is raised.</summary>
/// <param name="Metric">Metric that is evaluated.</param>
/// <param name="Threshold">Value beyond which the alarm is raised.</param>
/// <param name="Periods">Number of consecutive periods.</param>
/// <param name="PeriodSeconds">Length of each.</param>
internal sealed record AlarmRule(Metric Metric, double Threshold, int Periods, int PeriodSeconds)
{
    /// <summary>Whether values below the threshold raise it, instead of values above.</summary>
    public bool Below { get; init; }

    /// <summary>How missing data is treated. By default, a resource without traffic or that is asleep does not raise an alarm.</summary>
    public string MissingData { get; init; } = "notBreaching";
}
