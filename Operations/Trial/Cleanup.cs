using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.Deployment;
using Infra.Operations.Output;
using Infra.Operations.Trial.Runs;

namespace Infra.Operations.Trial;

/// <summary>
/// Deletes everything that a trial created, even if it was interrupted. Resources that cannot be deleted are listed with instructions.
/// </summary>
internal sealed class Cleanup(TrialRun run)
{
    /// <summary>Expected time on AWS.</summary>
    public static readonly TimeSpan Expected = TimeSpan.FromMinutes(20);

    /// <summary>Deletes everything; never fails, but records what is left.</summary>
    public async Task RunAsync()
    {
        // A database that a restore has replaced uses base's subnets.
        (string What, Func<Task> Work)[] parts =
        [
            ("instances of a restore", () => Steps.DatabaseRestoreStep.CleanAsync(run)),
            ("runtime and base", async () => TrialRun.Expect(
                await new DestroyCommand(run.Context, run.Options).RunAsync([StackNames.Runtime, StackNames.Base]), "destroy")),
            ("bootstrap", () => new BootstrapRemoval(run).RunAsync()),
        ];
        foreach ((string what, Func<Task> work) in parts)
        {
            try
            {
                await work();
            }
            catch (OperationException e) when (e.ExitCode != ExitCode.Interrupted)
            {
                run.Context.Reporter.Error($"{what} could not be deleted: {e.Message}");
                foreach (string line in (e.Remedy ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    run.Context.Reporter.Line($"       {line}");
                run.Report.Left.Add($"{what}: {e.Message.ReplaceLineEndings(" ")}; to retry: {run.CleanCommand}");
                // Each part depends on the next.
                break;
            }
        }

        await LookAsync();
    }

    private async Task LookAsync()
    {
        AwsAccess access = await run.AccessAsync();
        IReadOnlyList<string> left = await Preflight.TaggedAsync(access, run.Stopping);
        run.Report.Note(Assumption.NothingLeft, left.Count == 0, left.Count == 0 ? "nothing" : string.Join(", ", left));
        run.Report.Left.AddRange(left.Select(arn => $"{arn}: delete it in the console, or with the AWS CLI"));
    }
}
