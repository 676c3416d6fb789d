using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CloudwatchMetricAlarm;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Infra.Naming;

namespace Infra.Constructs.Databases;

/// <summary>Alarms that say that the database is about to be a problem: busy, or out of storage.</summary>
internal sealed class DatabaseAlarms : Construct
{
    // A tenth of what it has now: time to act, and no alarm from the day it is made.
    private const double FreeStorageFraction = 0.1;

    public DatabaseAlarms(Construct scope, string id, DatabaseAlarmsProps props) : base(scope, id)
    {
        Add(props, $"{id}_cpu", "db-cpu", new CloudwatchMetricAlarmConfig
        {
            AlarmName = "",
            AlarmDescription = $"CPU of the database above {props.CpuPercent} % for 10 minutes",
            MetricName = "CPUUtilization",
            Statistic = "Average",
            ComparisonOperator = "GreaterThanThreshold",
            Threshold = props.CpuPercent,
            EvaluationPeriods = 2,
        });
        Add(props, $"{id}_storage", "db-storage", new CloudwatchMetricAlarmConfig
        {
            AlarmName = "",
            AlarmDescription = $"Less than {FreeStorageFraction:P0} of the database's storage is free",
            MetricName = "FreeStorageSpace",
            Statistic = "Minimum",
            ComparisonOperator = "LessThanThreshold",
            Threshold = Math.Floor(props.StorageGiB * FreeStorageFraction * 1024 * 1024 * 1024),
            EvaluationPeriods = 1,
        });
    }

    private void Add(DatabaseAlarmsProps props, string logicalId, string purpose, CloudwatchMetricAlarmConfig alarm)
    {
        string[] topic = [props.Topic.Arn];
        alarm.AlarmName = props.Context.Names.For(NameRule.Alarm, purpose);
        alarm.Namespace = "AWS/RDS";
        alarm.Dimensions = new Dictionary<string, string> { ["DBInstanceIdentifier"] = props.Database.Identifier };
        alarm.Period = 300;
        alarm.AlarmActions = topic;
        alarm.OkActions = topic;
        new CloudwatchMetricAlarm(this, purpose, alarm).Named(logicalId);
    }
}

/// <param name="Context">Deployment it is part of.</param>
/// <param name="Database">Database that is watched.</param>
/// <param name="StorageGiB">Storage it has.</param>
/// <param name="CpuPercent">CPU above which people are told.</param>
/// <param name="Topic">Who is told.</param>
internal sealed record DatabaseAlarmsProps(
    DeploymentContext Context, DatabaseOutputs Database, int StorageGiB, int CpuPercent, AlertTopicOutputs Topic);
