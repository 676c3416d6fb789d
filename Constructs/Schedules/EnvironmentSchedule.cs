using Constructs;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Infra.Constructs.Storage;
using Infra.Contracts;
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
        string queueArn =
            new ScheduleDeadLetterQueue(this, "missed-turns", new ScheduleDeadLetterQueueProps(context, props.Topic)).QueueArn;
        string roleArn = RuntimeSchedules.Role(this, id, context, queueArn).Outputs.Arn;
        string project = new RuntimeScheduleBuild(this, ScheduleProject.Id, new RuntimeScheduleBuildProps
        {
            Context = context,
            Schedule = props.Schedule,
            DeploymentBucket = bucket,
            OneTimeSchedule = RuntimeScheduleTarget.OneTimeSchedule(context, queueArn),
            Services = props.Services,
            LogRetentionDays = props.LogRetentionDays,
        }).Name;
        new RuntimeSchedules(this, $"{id}s", new RuntimeSchedulesProps
        {
            Context = context,
            Schedule = props.Schedule,
            Project = project,
            RoleArn = roleArn,
            QueueArn = queueArn,
        });
    }
}

internal sealed record EnvironmentScheduleProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Timetable and mode.</summary>
    public required ScheduleConfig Schedule { get; init; }

    /// <summary>Services that are scaled to zero, in the mode that does not destroy runtime.</summary>
    public required IReadOnlyList<ScaledService> Services { get; init; }

    /// <summary>Bucket for access logs.</summary>
    public required LogBucket AccessLogs { get; init; }

    /// <summary>Topic that is notified when a scheduled action fails.</summary>
    public required AlertTopicOutputs Topic { get; init; }

    /// <summary>Days that logs of the builds are retained.</summary>
    public required int LogRetentionDays { get; init; }
}
