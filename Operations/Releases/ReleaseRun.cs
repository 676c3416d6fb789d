using Infra.Contracts;
using Infra.Insight;
using Infra.Operations.Ledger;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Smoke;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Releases;

/// <summary>
/// Deploys a digest of an application: writes the ledger, applies the affected resources of runtime, waits for the application, runs smoke
/// tests. A failure after the ledger was written is rolled back automatically.
/// </summary>
/// <param name="context">Context of the command.</param>
/// <param name="options">Options of the command.</param>
/// <param name="session">Environment.</param>
/// <param name="service">Service or agent.</param>
/// <param name="ledger">Release ledger.</param>
/// <param name="rollout">Waits for the application.</param>
/// <param name="done">What was done, for the message of an interruption.</param>
internal sealed class ReleaseRun(
    RunContext context, SessionOptions options, DeploymentSession session, string service, ReleaseLedger ledger, IRollout rollout,
    List<string> done)
{
    private static readonly TimeSpan StableWithin = TimeSpan.FromMinutes(15);

    private string Parameter => session.Environment.Names.Release(service);

    private Reporter Reporter => context.Reporter;

    private CancellationToken Stopping => context.Stopping;

    /// <param name="verb">Command, for messages.</param>
    /// <param name="digest">Digest to deploy.</param>
    /// <param name="before">Ledger before.</param>
    /// <param name="runtimeIsDeployed">Whether runtime is deployed; otherwise only the ledger is written.</param>
    public async Task<ExitCode> RunAsync(string verb, string digest, LedgerEntry before, bool runtimeIsDeployed)
    {
        string shown = ImageReference.Short(digest);
        long version = before.Value == digest ? before.Version : await ledger.WriteAsync(Parameter, digest, Stopping);
        done.Add($"the ledger contains {shown} (version {version})");
        Reporter.Line($"{service}: the ledger now contains {shown} (version {version})");
        if (!runtimeIsDeployed)
        {
            Reporter.Good($"{service}: runtime is not deployed; {shown} runs after the next deployment");
            return ExitCode.Ok;
        }

        try
        {
            await ApplyAsync();
            done.Add("runtime is applied");
            Reporter.Status($"waiting for {service} to be stable");
            await rollout.WaitAsync(running => running.Runs(digest), StableWithin, Stopping);
            done.Add($"{service} is stable");
            await new SmokeRun(context, session.Environment, session.Access, session.OnEmulator,
                await DeployedOutputs.ReadAsync(session.State, session.Environment.Names, Stopping)).PassAsync(service);
        }
        catch (OperationException e) when (e.ExitCode != ExitCode.Interrupted)
        {
            throw await RollBackAsync(verb, e, version, before.Value == digest ? await BeforeAsync(digest) : before.Value);
        }

        Reporter.Good($"{service} runs {shown}");
        return ExitCode.Ok;
    }

    /// <summary>Value of the ledger before an interrupted run wrote the digest that this run continues with.</summary>
    private async Task<string> BeforeAsync(string digest) =>
        (await ledger.HistoryAsync(Parameter, Stopping)).FirstOrDefault(entry => entry.Value != digest && !entry.Failed)?.Value
            ?? ReleaseParameter.NothingReleased;

    private async Task<OperationException> RollBackAsync(string verb, OperationException cause, long failed, string previous)
    {
        string shown = ImageReference.Short(previous);
        Reporter.Error($"{service}: {cause.Message}");
        foreach (string line in (cause.Remedy ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries))
            Reporter.Line($"       {line}");
        Reporter.Step($"{service}: rolling back to {(previous == ReleaseParameter.NothingReleased ? "the placeholder image" : shown)}");
        try
        {
            await ledger.MarkFailedAsync(Parameter, failed, Stopping);
            await ledger.WriteAsync(Parameter, previous, Stopping);
            await ApplyAsync();
            await rollout.WaitAsync(running => running.Runs(previous), StableWithin, Stopping);
        }
        catch (OperationException e) when (e.ExitCode != ExitCode.Interrupted)
        {
            return OperationException.Failed(
                $"{verb} of {service} failed, and so did rolling back to {shown}: {e.Message}",
                $"{e.Remedy}\nto see what runs: ./infra status {options.AsTyped}\nto continue the rollback: ./infra deploy "
                    + $"{options.AsTyped} runtime");
        }

        return OperationException.Failed($"{verb} of {service} failed and was rolled back: it runs {shown} again", $"why: {cause.Message}");
    }

    /// <summary>
    /// Applies only the resources of runtime that depend on the ledger, without refreshing the others: fast, and possible with the
    /// permissions of a release role.
    /// </summary>
    private async Task ApplyAsync()
    {
        StackFolder stack = session.Stack(StackNames.Runtime);
        IReadOnlyList<string> released = ReleasedResources.Of(new StackJson(stack.Name, stack.Json), service);
        var runner = new StackRunner(context, session, [new ReleaseReview(released, options.Yes, Reporter.Warn)]);
        await runner.ApplyAsync(await runner.PlanAsync(stack, mode: new PlanMode { Refresh = false, Targets = released }));
    }
}
