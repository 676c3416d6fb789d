using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Storage;
using Infra.Naming;

namespace Infra.Constructs.Schedules;

/// <summary>The schedule of runtime: timetable, build project, stored deployment, and the override parameter.</summary>
internal sealed class EnvironmentSchedule : Construct
{
    // Retention of stored deployments, to find out what was deployed.
    private const int DeploymentHistoryDays = 90;

    public EnvironmentSchedule(Construct scope, string id, EnvironmentScheduleProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string? bucket = null;
        if (props.Schedule.DestroysRuntime)
            bucket = new SecureBucket(this, "deployments", new SecureBucketProps(context, context.Names.Bucket(Names.DeploymentsPurpose))
            {
                NoncurrentDays = DeploymentHistoryDays,
                AccessLogs = props.AccessLogs,
            }).Outputs.Name;

        new ScheduleOverride(this, "schedule-override", context);
        string queueArn = new ScheduleDeadLetterQueue(this, "missed-turns", new ScheduleDeadLetterQueueProps(context, props.Topic)).QueueArn;
        string roleArn = RuntimeSchedules.Role(this, id, context, queueArn).Outputs.Arn;
        string project = new RuntimeScheduleBuild(this, "cycle", new RuntimeScheduleBuildProps(
            context, props.Schedule, bucket, RuntimeScheduleTarget.ToJson(context, queueArn), props.Services, props.LogRetentionDays)).Name;
        new RuntimeSchedules(this, $"{id}s", new RuntimeSchedulesProps(context, props.Schedule, project, roleArn, queueArn));
    }
}

/// <param name="Context">The deployment.</param>
/// <param name="Schedule">Timetable and mode.</param>
/// <param name="Services">Services that are scaled to zero, in the mode that does not destroy runtime.</param>
/// <param name="AccessLogs">Bucket for access logs.</param>
/// <param name="Topic">Topic that is notified when a scheduled action fails.</param>
/// <param name="LogRetentionDays">Days that logs of the builds are retained.</param>
internal sealed record EnvironmentScheduleProps(
    DeploymentContext Context,
    ScheduleConfig Schedule,
    IReadOnlyList<ScaledService> Services,
    LogBucket AccessLogs,
    AlertTopicOutputs Topic,
    int LogRetentionDays);
