using Infra.Constructs.Foundation;
using Infra.Contracts;
using Infra.Naming;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Schedules;

/// <summary>The target of a schedule: it starts the build project with one action.</summary>
/// <remarks>
/// With EventBridge Scheduler's universal target, whose input has the parameters of the API operation.
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
/// </remarks>
internal static class RuntimeScheduleTarget
{
    public const string Arn = "arn:aws:scheduler:::aws-sdk:codebuild:startBuild";

    // The call is retried when StartBuild is throttled or the account has reached its limit of concurrent builds.
    public const int RetrySeconds = 3600;
    public const int RetryAttempts = 30;

    /// <summary>Input of the call.</summary>
    /// <param name="project">Build project.</param>
    /// <param name="action">wake, sleep or auto.</param>
    public static string Input(string project, string action) => new JObject
    {
        ["ProjectName"] = project,
        ["EnvironmentVariablesOverride"] = new JArray(new JObject { ["Name"] = "ACTION", ["Value"] = action, ["Type"] = "PLAINTEXT" }),
    }.ToString(Formatting.None);

    /// <summary>
    /// The one-time schedule that runs when an override ends, as parameters of the operation CreateSchedule; its time is added while an
    /// environment runs.
    /// </summary>
    public static string OneTimeSchedule(DeploymentContext context, string queueArn) => new JObject
    {
        ["GroupName"] = context.Names.ScheduleGroup,
        ["Name"] = ScheduleProject.OneTimeScheduleName,
        ["ScheduleExpression"] = ScheduleProject.OneTimeScheduleExpression,
        ["ScheduleExpressionTimezone"] = "UTC",
        ["FlexibleTimeWindow"] = new JObject { ["Mode"] = "OFF" },
        ["ActionAfterCompletion"] = "DELETE",
        ["Target"] = new JObject
        {
            ["Arn"] = Arn,
            ["RoleArn"] = context.GlobalArn("iam", $"role/{context.Names.For(NameRule.IamRole, "schedule")}"),
            ["Input"] = Input(context.Names.Cycle, "auto"),
            ["RetryPolicy"] = new JObject { ["MaximumEventAgeInSeconds"] = RetrySeconds, ["MaximumRetryAttempts"] = RetryAttempts },
            ["DeadLetterConfig"] = new JObject { ["Arn"] = queueArn },
        },
    }.ToString(Formatting.None);
}
