using System.Globalization;
using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Deployment;

/// <summary>The commands that list earlier versions of a state, restore one of them, and save one that an apply could not save.</summary>
internal sealed class StateCommand(RunContext context, SessionOptions options)
{
    private const int Shown = 20;

    /// <summary>Shows the last versions of a stack's state.</summary>
    public async Task<ExitCode> ListAsync(string stack)
    {
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "state list");
        IReadOnlyList<StateObjectVersion> versions = await History(session, stack).ListAsync(Shown, context.Stopping);
        if (versions.Count == 0)
            throw OperationException.BadInput($"{stack} has no state in s3://{session.State.Name}");
        context.Reporter.Step($"{"written (UTC)",-19}  {"serial",6}  {"resources",9}  version");
        foreach (StateObjectVersion version in versions)
            context.Reporter.Line(Row(version));
        context.Report(new JArray(versions.Select(version => new JObject
        {
            ["version"] = version.Id,
            ["written"] = version.Written.ToUniversalTime(),
            ["serial"] = version.Serial,
            ["resources"] = version.Resources,
            ["deleted"] = version.Deleted,
        })));
        return ExitCode.Ok;
    }

    /// <summary>Restores an earlier version.</summary>
    public async Task<ExitCode> RestoreAsync(string stack, string versionId)
    {
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "state restore");
        Reporter reporter = context.Reporter;
        if (options.DryRun)
        {
            reporter.Line($"would restore version {versionId} of the state of {stack}, with a serial above all others");
            return ExitCode.Changes;
        }

        await new Confirmation(session.Environment.Config, options, reporter)
            .BeforeAsync($"restore the state of {stack}", context.Stopping);
        long serial = await History(session, stack).RestoreAsync(versionId, context.Stopping);
        reporter.Good(
            $"{stack}: version {versionId} of its state was restored, with serial {serial.ToString(CultureInfo.InvariantCulture)}");
        reporter.Line($"to compare this state with the deployed resources: ./infra plan {options.AsTyped} {stack}");
        return ExitCode.Ok;
    }

    /// <summary>Saves the state that an apply could not save.</summary>
    public async Task<ExitCode> PushAsync(string stack)
    {
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "state push");
        StackFolder folder = session.Stack(Known(stack));
        if (!UnsavedState.Exists(folder))
            throw OperationException.BadInput($"{stack}: no state that was not saved; {UnsavedState.FileIn(folder)} does not exist");
        Reporter reporter = context.Reporter;
        if (options.DryRun)
        {
            reporter.Line($"would save {UnsavedState.FileIn(folder)} as the state of {stack}");
            return ExitCode.Changes;
        }

        await new Confirmation(session.Environment.Config, options, reporter).BeforeAsync($"save the state of {stack}", context.Stopping);
        await session.Terraform.InitAsync(folder.Path);
        await session.Terraform.PushStateAsync(folder.Path, UnsavedState.FileName);
        // The bucket keeps every version; a copy with secrets is no longer needed.
        File.Delete(UnsavedState.FileIn(folder));
        reporter.Good($"{stack}: its state was saved");
        reporter.Line($"to compare this state with the deployed resources: ./infra plan {options.AsTyped} {stack}");
        return ExitCode.Ok;
    }

    private static StateHistory History(DeploymentSession session, string stack) => new(
        session.Access,
        session.State.Name,
        session.Environment.Config.State.LockTableOf(session.Environment.Names),
        session.Stack(Known(stack)).StateKey);

    private static string Known(string stack) => stack == StackNames.Bootstrap ? stack : StackOrder.ForDeploy([stack]).Single();

    private static string Row(StateObjectVersion version) => string.Create(
        CultureInfo.InvariantCulture,
        $"{version.Written.ToUniversalTime():yyyy-MM-dd HH:mm:ss}  {Text(version.Serial),6}  {Text(version.Resources),9}  "
            + $"{version.Id}{(version.Deleted ? "  (deleted)" : version.Serial is null ? "  (not readable)" : "")}");

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
