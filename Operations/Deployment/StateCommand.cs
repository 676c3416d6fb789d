using System.Globalization;
using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>The verbs that look at a state's earlier versions and bring one of them back.</summary>
internal sealed class StateCommand(RunContext context, SessionOptions options)
{
    private const int Shown = 20;

    /// <summary>Shows the last versions of a stack's state.</summary>
    public async Task<ExitCode> ListAsync(string stack)
    {
        using DeploymentSession target = await DeploymentSession.PrepareAsync(context, options, "state list");
        IReadOnlyList<StateObjectVersion> versions = await History(target, stack).ListAsync(Shown, context.Stopping);
        if (versions.Count == 0)
            throw OperationException.BadInput($"{stack} has no state in s3://{target.State.Name}");
        context.Reporter.Step($"{"written (UTC)",-19}  {"serial",6}  {"resources",9}  version");
        foreach (StateObjectVersion version in versions)
            context.Reporter.Line(Row(version));
        return ExitCode.Ok;
    }

    /// <summary>Brings an earlier version back.</summary>
    public async Task<ExitCode> RestoreAsync(string stack, string versionId)
    {
        using DeploymentSession target = await DeploymentSession.PrepareAsync(context, options, "state restore");
        Reporter reporter = context.Reporter;
        if (options.DryRun)
        {
            reporter.Line($"would write version {versionId} of the state of {stack} anew, with a serial above every other");
            return ExitCode.Changes;
        }

        await new Confirmation(target.Environment.Config, options.Yes, reporter.CanAsk, reporter.AskAsync, reporter)
            .BeforeAsync($"put the state of {stack} back", context.Stopping);
        long serial = await History(target, stack).RestoreAsync(versionId, context.Stopping);
        reporter.Good($"{stack}: version {versionId} is its state again, with serial {serial.ToString(CultureInfo.InvariantCulture)}");
        reporter.Line($"what AWS has that this state does not know, and the other way round: ./infra plan {options.AsTyped} {stack}");
        return ExitCode.Ok;
    }

    private static StateHistory History(DeploymentSession target, string stack) => new(
        target.Access,
        target.State.Name,
        target.Environment.Config.State.LockTableOf(target.Environment.Names),
        target.Stack(Known(stack)).StateKey);

    private static string Known(string stack) => stack == StackNames.Bootstrap ? stack : StackOrder.ForDeploy([stack]).Single();

    private static string Row(StateObjectVersion version) => string.Create(
        CultureInfo.InvariantCulture,
        $"{version.Written.ToUniversalTime():yyyy-MM-dd HH:mm:ss}  {Text(version.Serial),6}  {Text(version.Resources),9}  {version.Id}{(version.Deleted ? "  (deleted)" : version.Serial is null ? "  (not readable)" : "")}");

    private static string Text(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
