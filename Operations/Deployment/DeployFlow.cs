using Infra.Operations.Output;

namespace Infra.Operations.Deployment;

/// <summary>The verbs that work on the stacks of one environment: plan, deploy, destroy, bootstrap.</summary>
internal sealed class DeployFlow(RunContext context, TargetOptions options)
{
    /// <summary>Makes and shows plans; changes nothing but the emulator's own bootstrap.</summary>
    public async Task<ExitCode> PlanAsync(IReadOnlyCollection<string> named, bool destroy = false)
    {
        IReadOnlyList<string> stacks = destroy ? StackOrder.ForDestroy(named) : StackOrder.ForDeploy(named);
        using Target target = await Target.PrepareAsync(context, options, "plan");
        StackRunner runner = Runner(target);
        await EnsureBootstrapAsync(target, runner);

        bool changes = false;
        foreach (string stack in stacks)
        {
            if (!destroy && StackOrder.Below(stack) is { } below && !await IsDeployedAsync(target, below))
            {
                context.Reporter.Line($"{stack}: planned once {below} is deployed, whose outputs it reads");
                changes = true;
                continue;
            }

            changes |= (await runner.PlanAsync(target.Stack(stack), destroy, listAll: true)).HasChanges;
        }

        return changes ? ExitCode.Changes : ExitCode.Ok;
    }

    /// <summary>Plans and applies, one stack after the other: the second is planned on what the first has made.</summary>
    public async Task<ExitCode> DeployAsync(IReadOnlyCollection<string> named)
    {
        if (options.DryRun)
            return await PlanAsync(named);
        IReadOnlyList<string> stacks = StackOrder.ForDeploy(named);
        using Target target = await Target.PrepareAsync(context, options, "deploy");
        StackRunner runner = Runner(target);
        await EnsureBootstrapAsync(target, runner);
        if (StackOrder.Below(stacks[0]) is { } below && !await IsDeployedAsync(target, below))
            throw OperationException.BadInput($"{stacks[0]} stands on {below}, which is not deployed", $"./infra deploy {options.AsTyped} {below} {stacks[0]}");
        return await EachAsync("deploy", stacks, async stack => await runner.ApplyAsync(await runner.PlanAsync(target.Stack(stack))));
    }

    /// <summary>Destroys, what stands on others first.</summary>
    public async Task<ExitCode> DestroyAsync(IReadOnlyCollection<string> named)
    {
        if (options.DryRun)
            return await PlanAsync(named, destroy: true);
        IReadOnlyList<string> stacks = StackOrder.ForDestroy(named);
        using Target target = await Target.PrepareAsync(context, options, "destroy");
        if (!await target.State.ExistsAsync(context.Stopping))
        {
            context.Reporter.Line("nothing is deployed");
            return ExitCode.Ok;
        }

        string last = stacks[^1];
        if (StackOrder.Above(last) is { } above && !stacks.Contains(above, StringComparer.Ordinal) && await IsDeployedAsync(target, above))
            throw OperationException.BadInput($"{above} still stands on {last}", $"./infra destroy {options.AsTyped} {above} {last}");

        StackRunner runner = Runner(target);
        return await EachAsync("destroy", stacks, async stack => await runner.ApplyAsync(await runner.PlanAsync(target.Stack(stack), destroy: true)));
    }

    /// <summary>Applies the once-per-account stack.</summary>
    public async Task<ExitCode> BootstrapAsync()
    {
        using Target target = await Target.PrepareAsync(context, options, "bootstrap");
        (bool hasChanges, string? done) = await new BootstrapFlow(context, target, Runner(target)).RunAsync(options.DryRun);
        if (options.DryRun)
            return hasChanges ? ExitCode.Changes : ExitCode.Ok;
        context.Reporter.Good(done!);
        return ExitCode.Ok;
    }

    private StackRunner Runner(Target target)
    {
        Reporter reporter = context.Reporter;
        var confirmation = new Confirmation(target.Environment.Config, options.Yes, reporter.CanAsk, reporter.AskAsync, reporter);
        return new StackRunner(context, target, [confirmation]);
    }

    private async Task EnsureBootstrapAsync(Target target, StackRunner runner)
    {
        bool ready = await target.State.ExistsAsync(context.Stopping)
            && await target.State.HasStateAsync(target.Stack(StackOrder.Bootstrap).StateKey, context.Stopping);
        if (ready)
            return;
        if (!target.OnEmulator)
        {
            throw OperationException.BadInput(
                $"account {target.Environment.Config.Account} is not bootstrapped: there is no state bucket {target.State.Name} with the bootstrap's state",
                $"once per account, with admin rights: ./infra bootstrap {options.AsTyped}");
        }

        await new BootstrapFlow(context, target, runner).RunAsync(dryRun: false);
    }

    private async Task<bool> IsDeployedAsync(Target target, string stack) =>
        await target.State.ResourceCountAsync(target.Stack(stack).StateKey, context.Stopping) is not 0;

    /// <summary>Stops at the first failure, and says what was done, what was not and how to go on.</summary>
    private async Task<ExitCode> EachAsync(string verb, IReadOnlyList<string> stacks, Func<string, Task<string>> work)
    {
        var done = new List<string>();
        try
        {
            foreach (string stack in stacks)
                done.Add(await work(stack));
        }
        catch (OperationException e) when (stacks.Count > 1)
        {
            string left = string.Join(' ', stacks.Skip(done.Count));
            string progress = (done.Count > 0 ? $"done: {string.Join("; ", done)}\n" : "")
                + $"left: {left}\nto go on: ./infra {verb} {options.AsTyped} {left}";
            throw new OperationException(e.ExitCode, e.Message, string.Join('\n', new[] { e.Remedy, progress }.OfType<string>()), e);
        }

        context.Reporter.Step("done");
        foreach (string line in done)
            context.Reporter.Line($"  {line}");
        return ExitCode.Ok;
    }
}
