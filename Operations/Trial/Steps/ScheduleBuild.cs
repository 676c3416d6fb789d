using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Trial.Runs;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Trial.Steps;

/// <summary>Runs the schedule's CodeBuild project, with the project's role.</summary>
internal static class ScheduleBuild
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(50);

    /// <summary>Starts a build, and throws if it fails.</summary>
    public static async Task RunAsync(TrialRun run, string action)
    {
        AwsApi build = (await run.AccessAsync()).Api("codebuild");
        JObject started = await build.JsonAsync("StartBuild", new JObject
        {
            ["projectName"] = run.Names.Cycle,
            ["environmentVariablesOverride"] = new JArray(new JObject { ["name"] = "ACTION", ["value"] = action, ["type"] = "PLAINTEXT" }),
        }, run.Stopping);
        string id = (string)started.SelectToken("build.id")!;
        JObject ended = await run.UntilEndedAsync(
            async () =>
            {
                JObject answer = await build.JsonAsync("BatchGetBuilds", new JObject { ["ids"] = new JArray(id) }, run.Stopping);
                var job = (JObject)answer["builds"]![0]!;
                return ((bool?)job["buildComplete"] == true, job);
            },
            Longest);
        bool succeeded = (string?)ended["buildStatus"] == "SUCCEEDED";
        run.Report.Note(Assumption.ScheduleBuild, succeeded, $"build {id}: {ended["buildStatus"]}");
        if (!succeeded)
            throw OperationException.Failed(
                $"build {id} ended with {ended["buildStatus"]}", $"its log: {ended.SelectToken("logs.deepLink")}");
    }
}
