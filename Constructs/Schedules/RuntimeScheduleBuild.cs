using Constructs;
using HashiCorp.Cdktf.Providers.Aws.CodebuildProject;
using Infra.Configuration.Model;
using Infra.Constructs.Foundation;
using Infra.Constructs.Monitoring;
using Infra.Contracts;
using Infra.Naming;

namespace Infra.Constructs.Schedules;

/// <summary>
/// The build project that runs the scheduled actions. The operator can also start it: without variables it does what the timetable says,
/// with
/// <c>ACTION=wake</c> or <c>ACTION=sleep</c> that action.
/// </summary>
/// <remarks>
/// It has no limit of concurrent builds: with one, StartBuild fails while a build is running, and that scheduled action is lost. Concurrent
/// builds wait for the state lock. https://docs.aws.amazon.com/codebuild/latest/userguide/builds-working.html
/// </remarks>
internal sealed class RuntimeScheduleBuild : Construct
{
    // Several times as long as creating runtime takes; a build that is queued for an hour has missed its scheduled time.
    private const int TimeoutMinutes = 45;
    private const int QueuedMinutes = 60;

    public RuntimeScheduleBuild(Construct scope, string id, RuntimeScheduleBuildProps props) : base(scope, id)
    {
        DeploymentContext context = props.Context;
        string logs = LogGroupOf(context);
        new LogGroup(this, id, new LogGroupProps(context, logs, props.LogRetentionDays));
        ScheduleConfig schedule = props.Schedule;
        bool destroys = schedule.DestroysRuntime;
        var project = new CodebuildProject(this, "project", new CodebuildProjectConfig
        {
            Name = context.Names.Cycle,
            Description = "Wakes runtime and puts it to sleep.",
            ServiceRole = context.GlobalArn("iam", $"role/{context.Names.RuntimeScheduleRole}"),
            EncryptionKey = context.KeyArn,
            BuildTimeout = TimeoutMinutes,
            QueuedTimeout = QueuedMinutes,
            Artifacts = new CodebuildProjectArtifacts { Type = "NO_ARTIFACTS" },
            Source = new CodebuildProjectSource
            {
                Type = destroys ? "S3" : "NO_SOURCE",
                Location = destroys ? $"{props.DeploymentBucket}/{Names.StoredDeployment}" : null,
                Buildspec = BuildSpec.ToTerraform(),
            },
            Environment = new CodebuildProjectEnvironment
            {
                Type = "ARM_CONTAINER",
                ComputeType = "BUILD_GENERAL1_SMALL",
                Image = "aws/codebuild/amazonlinux-aarch64-standard:3.0",
                PrivilegedMode = false,
                EnvironmentVariable = Variables(props).Select(variable => new CodebuildProjectEnvironmentEnvironmentVariable
                {
                    Name = variable.Name,
                    Value = variable.Value,
                    Type = variable.Name == ScheduleProject.Override ? "PARAMETER_STORE" : "PLAINTEXT",
                }).ToArray(),
            },
            LogsConfig = new CodebuildProjectLogsConfig
            {
                CloudwatchLogs = new CodebuildProjectLogsConfigCloudwatchLogs { Status = "ENABLED", GroupName = logs },
            },
        }).Named(id);
        Name = project.Name;
    }

    /// <summary>Name of the project, known after it is created.</summary>
    public string Name { get; }

    /// <summary>Log group of its builds.</summary>
    public static string LogGroupOf(DeploymentContext context) => $"/aws/codebuild/{context.Names.Cycle}";

    /// <summary>ARN of the project.</summary>
    public static string ArnOf(DeploymentContext context) => context.Arn("codebuild", $"project/{context.Names.Cycle}");

    private static IEnumerable<(string Name, string Value)> Variables(RuntimeScheduleBuildProps props)
    {
        ScheduleConfig schedule = props.Schedule;
        yield return ("ACTION", "auto");
        yield return (ScheduleProject.Override, props.Context.Names.ScheduleOverride);
        yield return ("MODE", schedule.Mode.Text());
        yield return ("TIMEZONE", schedule.Timezone);
        yield return ("WAKE", schedule.Wake);
        yield return ("SLEEP", schedule.Sleep);
        // As date +%u: Monday is 1.
        yield return ("DAYS", string.Join(' ', schedule.Days.Order().Select(day => (int)day + 1)));
        yield return (ScheduleProject.OneTimeSchedule, props.OneTimeSchedule);
        if (schedule.DestroysRuntime)
        {
            yield return ("TERRAFORM_VERSION", TerraformRelease.Version);
            yield return ("TERRAFORM_SHA256", TerraformRelease.LinuxArm64);
        }
        else
        {
            yield return (ScheduleProject.Services, string.Join('\n', props.Services.Select(service => service.ToLine())));
        }
    }
}

internal sealed record RuntimeScheduleBuildProps
{
    /// <summary>The deployment.</summary>
    public required DeploymentContext Context { get; init; }

    /// <summary>Timetable and mode.</summary>
    public required ScheduleConfig Schedule { get; init; }

    /// <summary>Bucket with the stored deployment; none in the mode that does not destroy runtime.</summary>
    public required string? DeploymentBucket { get; init; }

    /// <summary>The one-time schedule that runs when an override ends, as JSON.</summary>
    public required string OneTimeSchedule { get; init; }

    /// <summary>Services that are scaled to zero, in the mode that does not destroy runtime.</summary>
    public required IReadOnlyList<ScaledService> Services { get; init; }

    /// <summary>Days that logs of the builds are retained.</summary>
    public required int LogRetentionDays { get; init; }
}
