using Constructs;
using HashiCorp.Cdktf;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchMetricAlarm;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Monitoring;

/// <summary>Makes alarms that tell one topic of trouble, and of its end.</summary>
/// <param name="scope">Construct that they are part of.</param>
/// <param name="context">Deployment they are part of.</param>
/// <param name="topicArn">Topic that is told.</param>
internal sealed class Alarms(Construct scope, DeploymentContext context, string topicArn)
{
    /// <summary>Adds an alarm.</summary>
    /// <param name="logicalId">Its address.</param>
    /// <param name="purpose">What its name says behind the prefix: <c>backend-cpu</c>.</param>
    /// <param name="description">What whoever is told reads.</param>
    /// <param name="rule">When it is raised.</param>
    /// <returns>The alarm, for what has to wait for it.</returns>
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
/// <param name="Metric">What is measured.</param>
/// <param name="Threshold">Value beyond which it is.</param>
/// <param name="Periods">Periods in a row.</param>
/// <param name="PeriodSeconds">Length of each.</param>
internal sealed record AlarmRule(Metric Metric, double Threshold, int Periods, int PeriodSeconds)
{
    /// <summary>Whether values below the threshold raise it, not those above.</summary>
    public bool Below { get; init; }

    /// <summary>What silence means. What has no traffic, or is asleep, is not in trouble, unless said otherwise.</summary>
    public string MissingData { get; init; } = "notBreaching";
}
