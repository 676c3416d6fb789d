using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchMetricAlarm;
using HashiCorp.Cdktf.Providers.Aws.SchedulerScheduleGroup;
using Infra.Constructs.Foundation;
using Infra.Naming;

namespace Infra.Constructs.Containers;

/// <summary>The schedule group of an environment's jobs, and the alerts for jobs that fail or cannot be started.</summary>
internal sealed class JobGroup : Construct
{
    public JobGroup(Construct scope, string id, JobGroupProps props) : base(scope, id)
    {
        Names names = props.Context.Names;
        Name = new SchedulerScheduleGroup(this, "group", new SchedulerScheduleGroupConfig { Name = names.JobGroup }).Named(id).Name;

        new JobFailures(this, $"{id}_failed", new JobFailuresProps(props.Context, props.Families, props.AlertTopicArn));
        new CloudwatchMetricAlarm(this, "dropped", new CloudwatchMetricAlarmConfig
        {
            AlarmName = names.For(NameRule.Alarm, "jobs-dropped"),
            AlarmDescription = "A job could not be started, however often it was tried.",
            Namespace = "AWS/Scheduler",
            MetricName = "InvocationDroppedCount",
            Dimensions = new Dictionary<string, string> { ["ScheduleGroup"] = names.JobGroup },
            Statistic = "Sum",
            ComparisonOperator = "GreaterThanThreshold",
            Threshold = 0,
            EvaluationPeriods = 1,
            Period = 300,
            TreatMissingData = "notBreaching",
            AlarmActions = [props.AlertTopicArn],
        }).Named($"{id}_dropped");
    }

    /// <summary>Name of the schedule group.</summary>
    public string Name { get; }
}

/// <param name="Context">The deployment.</param>
/// <param name="Families">Families of the jobs' task definitions.</param>
/// <param name="AlertTopicArn">Topic that is notified.</param>
internal sealed record JobGroupProps(DeploymentContext Context, IReadOnlyList<string> Families, string AlertTopicArn);
