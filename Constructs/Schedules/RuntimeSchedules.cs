using Constructs;
using HashiCorp.Cdktf.Providers.Aws.SchedulerSchedule;
using HashiCorp.Cdktf.Providers.Aws.SchedulerScheduleGroup;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Iam;
using Infra.Naming;

namespace Infra.Constructs.Schedules;

/// <summary>The timetable: two schedules in a time zone, which EventBridge Scheduler adjusts for daylight saving time.</summary>
internal sealed class RuntimeSchedules : Construct
{
    public RuntimeSchedules(Construct scope, string id, RuntimeSchedulesProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        ScheduleConfig schedule = props.Schedule;
        string group = new SchedulerScheduleGroup(this, "group", new SchedulerScheduleGroupConfig { Name = context.Names.ScheduleGroup })
            .Named(id).Name;
        Add("wake", schedule.Wake);
        Add("sleep", schedule.Sleep);

        void Add(string action, string time) => new SchedulerSchedule(this, action, new SchedulerScheduleConfig
        {
            Name = context.Names.For(NameRule.Schedule, action),
            GroupName = group,
            Description = $"{(action == "wake" ? "Wakes runtime" : "Puts runtime to sleep")} at {time}, {schedule.Timezone}.",
            ScheduleExpression = Cron(time, schedule.Days),
            ScheduleExpressionTimezone = schedule.Timezone,
            KmsKeyArn = context.KeyArn,
            FlexibleTimeWindow = new SchedulerScheduleFlexibleTimeWindow { Mode = "OFF" },
            Target = new SchedulerScheduleTarget
            {
                Arn = RuntimeScheduleTarget.Arn,
                RoleArn = props.RoleArn,
                Input = RuntimeScheduleTarget.Input(props.Project, action),
                RetryPolicy = new SchedulerScheduleTargetRetryPolicy
                {
                    MaximumEventAgeInSeconds = RuntimeScheduleTarget.RetrySeconds,
                    MaximumRetryAttempts = RuntimeScheduleTarget.RetryAttempts,
                },
                DeadLetterConfig = new SchedulerScheduleTargetDeadLetterConfig { Arn = props.QueueArn },
            },
        }).Named($"{id}_{action}");
    }

    /// <summary>Role with which schedules of the group start the build project, and do nothing else.</summary>
    public static Role Role(Construct scope, string id, DeploymentContext context, string queueArn) => new(scope, id, new RoleProps(
        context, "schedule", Trust.Service(context, "scheduler.amazonaws.com", GroupArn(context)))
    {
        Description = "The schedule starts the build that wakes runtime and puts it to sleep.",
        Policies = new Dictionary<string, PolicyDocument>
        {
            ["start"] = new(
                [
                    new Statement { Sid = "Start", Actions = ["codebuild:StartBuild"], Resources = [RuntimeScheduleBuild.ArnOf(context)] },
                    new Statement { Sid = "KeepFailed", Actions = ["sqs:SendMessage"], Resources = [queueArn] },
                    .. Key(context),
                ]),
        },
    });

    // The schedule and the queue are encrypted with the environment's customer managed key, if it has one.
    private static Statement[] Key(DeploymentContext context) => context.KeyArn is { } key
        ? [new Statement { Sid = "UseKey", Actions = ["kms:Decrypt", "kms:GenerateDataKey"], Resources = [key] }]
        : [];

    /// <summary>ARN of the schedule group of the environment, which Scheduler uses as the source ARN.</summary>
    /// <remarks>https://docs.aws.amazon.com/scheduler/latest/UserGuide/cross-service-confused-deputy-prevention.html</remarks>
    public static string GroupArn(DeploymentContext context) => context.Arn("scheduler", $"schedule-group/{context.Names.ScheduleGroup}");

    /// <summary><c>cron(0 8 ? * MON,TUE *)</c>; https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html</summary>
    internal static string Cron(string time, IReadOnlyList<Weekday> days)
    {
        TimeOnly at = ScheduleConfig.At(time);
        string on = string.Join(',', days.Order().Select(day => day.Text().ToUpperInvariant()));
        return $"cron({at.Minute} {at.Hour} ? * {on} *)";
    }
}

internal sealed record RuntimeSchedulesProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Timetable.</summary>
    public required ScheduleConfig Schedule { get; init; }

    /// <summary>Name of the build project.</summary>
    public required string Project { get; init; }

    /// <summary>Role that may start it.</summary>
    public required string RoleArn { get; init; }

    /// <summary>Dead-letter queue for scheduled actions that could not be started.</summary>
    public required string QueueArn { get; init; }
}
