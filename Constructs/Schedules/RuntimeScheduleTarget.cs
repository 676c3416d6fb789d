using Infra.Constructs.Foundation;
using Infra.Naming;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Constructs.Schedules;

/// <summary>What a schedule does: it starts the build project with one action.</summary>
/// <remarks>
/// By EventBridge Scheduler's universal target, whose input has the fields of the API's call.
/// https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html
/// </remarks>
internal static class RuntimeScheduleTarget
{
    public const string Arn = "arn:aws:scheduler:::aws-sdk:codebuild:startBuild";

    // The call is repeated where StartBuild is throttled or the account runs as many builds as it may.
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

    /// <summary>The whole target as Scheduler's API takes it, for schedules that are made while an environment runs.</summary>
    public static string ToJson(DeploymentContext context, string queueArn) => new JObject
    {
        ["Arn"] = Arn,
        ["RoleArn"] = context.GlobalArn("iam", $"role/{context.Names.For(NameRule.IamRole, "schedule")}"),
        ["Input"] = Input(context.Names.Cycle, "auto"),
        ["RetryPolicy"] = new JObject { ["MaximumEventAgeInSeconds"] = RetrySeconds, ["MaximumRetryAttempts"] = RetryAttempts },
        ["DeadLetterConfig"] = new JObject { ["Arn"] = queueArn },
    }.ToString(Formatting.None);
}
