using Infra.Contracts;
using Infra.Operations.Aws;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>
/// The once-per-account stack. It makes the bucket that its own state then moves into; until it has moved, the state lies in the work
/// folder, so that an interrupted run is completed by the next one.
/// </summary>
internal sealed class BootstrapCommand(RunContext context, DeploymentSession target, StackRunner runner)
{
    private string LocalState => Path.Combine(
        context.Checkout.State, $"{target.Environment.Config.Project}-{target.Environment.Config.Account}{(target.OnEmulator ? "-emulator" : "")}", "bootstrap.tfstate");

    /// <summary>Brings the stack up to date.</summary>
    /// <param name="dryRun">Whether to stop after the plan.</param>
    /// <returns>Whether there is anything to do, and one line of what was done; none for a dry run.</returns>
    public async Task<(bool HasChanges, string? Done)> RunAsync(bool dryRun)
    {
        StackFolder stack = target.Stack(StackNames.Bootstrap);
        bool moved = await IsMovedAsync(stack);
        if (moved)
        {
            stack.UseOwnBackend();
            StackPlan update = await runner.PlanAsync(stack, listAll: dryRun);
            return (update.HasChanges, dryRun ? null : await runner.ApplyAsync(update));
        }

        stack.UseLocalBackend(LocalState);
        StackPlan plan = await runner.PlanAsync(stack, listAll: dryRun);
        if (dryRun)
            return (plan.HasChanges, null);
        string done = await runner.ApplyAsync(plan);
        await MoveAsync(stack);
        return (true, done);
    }

    private async Task<bool> IsMovedAsync(StackFolder stack)
    {
        StateBucket bucket = target.State;
        bool local = File.Exists(LocalState);
        if (!await bucket.ExistsAsync(context.Stopping))
        {
            // Stopped means empty: what an earlier emulator held is gone, and so is what its state speaks of.
            if (target.OnEmulator && local)
                File.Delete(LocalState);
            return false;
        }

        if (await bucket.HasStateAsync(stack.StateKey, context.Stopping))
        {
            // Stopped between the move and the tidying up.
            File.Delete(LocalState);
            return true;
        }

        return local
            ? false
            : throw OperationException.Failed(
                $"the bucket {bucket.Name} is there, but holds no state of the bootstrap stack ({stack.StateKey})",
                "if a bootstrap was interrupted on another machine, run it there again: the state is in its .infra/state\n"
                + "if the bucket is not from here, name another: \"state\": { \"bucket\": \"…\" } in the environment file");
    }

    private async Task MoveAsync(StackFolder stack)
    {
        context.Reporter.Detail($"  moving its state into s3://{target.State.Name}/{stack.StateKey}");
        stack.UseOwnBackend();
        await target.Terraform.InitAsync(stack.Path, migrateState: true);
        if (!await target.State.HasStateAsync(stack.StateKey, context.Stopping))
            throw OperationException.Failed($"the state did not arrive in s3://{target.State.Name}/{stack.StateKey}", $"it is still in {LocalState}; run the same command again");
        File.Delete(LocalState);
        File.Delete(LocalState + ".backup");
    }
}
