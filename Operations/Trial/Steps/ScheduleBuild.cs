using Infra.Operations.AwsClients;
using Infra.Operations.Output;
using Infra.Operations.Trial.Runs;

namespace Infra.Operations.Trial.Steps;

/// <summary>Runs the schedule's CodeBuild project, with the project's role.</summary>
internal static class ScheduleBuild
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(50);

    /// <summary>Starts a build, and throws if it fails.</summary>
    public static async Task RunAsync(TrialRun run, string action)
    {
        var codeBuild = new CodeBuildClient(await run.AccessAsync());
        string id = await codeBuild.StartBuildAsync(run.Names.Cycle, "ACTION", action, run.Stopping);
        CodeBuildBuild ended = await run.UntilEndedAsync(
            async () =>
            {
                CodeBuildBuild build = await codeBuild.BatchGetBuildsAsync(id, run.Stopping);
                return (build.BuildComplete, build);
            },
            Longest);
        bool succeeded = ended.BuildStatus == "SUCCEEDED";
        run.Report.Note(Assumption.ScheduleBuild, succeeded, $"build {id}: {ended.BuildStatus}");
        if (!succeeded)
            throw OperationException.Failed($"build {id} ended with {ended.BuildStatus}", $"its log: {ended.Logs?.DeepLink}");
    }
}
