using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>
/// The once-per-account stack. It creates the bucket to which its own state is then migrated; until then the state is in the work
/// folder, so that the next run can complete an interrupted one.
/// </summary>
internal sealed class BootstrapCommand(RunContext context, DeploymentSession session, StackRunner runner)
{
    private string LocalState => Path.Combine(
        context.Checkout.State,
        $"{session.Environment.Config.Project}-{session.Environment.Config.Account}{(session.OnEmulator ? "-emulator" : "")}",
        "bootstrap.tfstate");

    /// <summary>Deploys the stack.</summary>
    /// <param name="dryRun">Whether to stop after the plan.</param>
    /// <returns>Whether there are changes, and a summary line; null for a dry run.</returns>
    public async Task<(bool HasChanges, string? Done)> RunAsync(bool dryRun)
    {
        StackFolder stack = session.Stack(StackNames.Bootstrap);
        bool moved = await IsMovedAsync(stack);
        if (moved)
        {
            stack.UseOwnBackend();
            StackPlan update = await runner.PlanAsync(stack);
            return (update.HasChanges, dryRun ? null : await runner.ApplyAsync(update));
        }

        stack.UseLocalBackend(LocalState);
        StackPlan plan = await runner.PlanAsync(stack);
        if (dryRun)
            return (plan.HasChanges, null);
        string done = await runner.ApplyAsync(plan);
        await MoveAsync(stack);
        return (true, done);
    }

    /// <summary>Requires that it is deployed; on the emulator it is deployed if it is not.</summary>
    /// <param name="options">Options of the command line.</param>
    /// <returns>A summary line.</returns>
    public async Task<string> EnsureAsync(SessionOptions options) =>
        await IsDeployedAsync(options) ? "bootstrap: deployed" : (await RunAsync(dryRun: false)).Done!;

    /// <summary>Whether it is deployed; false only on the emulator.</summary>
    /// <param name="options">Options of the command line.</param>
    /// <exception cref="OperationException">The account is not bootstrapped.</exception>
    public async Task<bool> IsDeployedAsync(SessionOptions options)
    {
        bool ready = await session.State.ExistsAsync(context.Stopping)
            && await session.State.HasStateAsync(session.Stack(StackNames.Bootstrap).StateKey, context.Stopping);
        return ready || session.OnEmulator
            ? ready
            : throw OperationException.BadInput(
                $"account {session.Environment.Config.Account} is not bootstrapped: there is no state bucket {session.State.Name} with "
                    + "the bootstrap's state",
                $"once per account, as an administrator: ./infra bootstrap {options.AsTyped}");
    }

    private async Task<bool> IsMovedAsync(StackFolder stack)
    {
        StateBucket bucket = session.State;
        bool local = File.Exists(LocalState);
        if (!await bucket.ExistsAsync(context.Stopping))
        {
            // The emulator's data is in memory: after a restart the resources in this state no longer exist.
            if (session.OnEmulator && local)
                File.Delete(LocalState);
            return false;
        }

        if (await bucket.HasStateAsync(stack.StateKey, context.Stopping))
        {
            // Interrupted between the migration of the state and the cleanup.
            File.Delete(LocalState);
            return true;
        }

        return local
            ? false
            : throw OperationException.Failed(
                $"the bucket {bucket.Name} exists, but has no state of the bootstrap stack ({stack.StateKey})",
                "if a bootstrap was interrupted on another machine, run it there again: the state is in its .infra/state\n"
                + "if the bucket was not created by this project, choose another: \"state\": { \"bucket\": \"…\" } in the environment file");
    }

    private async Task MoveAsync(StackFolder stack)
    {
        context.Reporter.Detail($"  moving its state to s3://{session.State.Name}/{stack.StateKey}");
        stack.UseOwnBackend();
        await session.Terraform.InitAsync(stack.Path, migrateState: true);
        if (!await session.State.HasStateAsync(stack.StateKey, context.Stopping))
            throw OperationException.Failed($"the state was not found in s3://{session.State.Name}/{stack.StateKey}",
                $"it is still in {LocalState}; run the same command again");
        File.Delete(LocalState);
        File.Delete(LocalState + ".backup");
    }
}
