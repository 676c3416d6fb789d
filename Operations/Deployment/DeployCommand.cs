using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Output;
using Infra.Operations.Plans;
using Infra.Operations.Releases;
using Infra.Operations.Scheduling;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>The verbs that work on the stacks of one environment: plan, deploy, destroy, bootstrap.</summary>
internal sealed class DeployCommand(RunContext context, SessionOptions options)
{
    /// <summary>Makes and shows plans; changes nothing but the emulator's own bootstrap.</summary>
    /// <param name="named">Stacks.</param>
    /// <param name="destroy">Whether the plans destroy.</param>
    /// <param name="save">Folder to keep them in for <c>deploy --saved</c>; none means that they are only shown.</param>
    /// <param name="readOnly">Whether to believe the state and take no lock, for a role that may neither read secrets nor write.</param>
    public async Task<ExitCode> PlanAsync(IReadOnlyCollection<string> named, bool destroy = false, string? save = null, bool readOnly = false)
    {
        if (destroy && save is not null)
            throw OperationException.BadInput("a plan to destroy is not saved", "./infra destroy plans, shows and applies it");
        IReadOnlyList<string> stacks = destroy ? StackOrder.ForDestroy(named) : StackOrder.ForDeploy(named);
        using DeploymentSession target = await DeploymentSession.PrepareAsync(context, options, "plan");
        StackRunner runner = Runner(target);
        await EnsureBootstrapAsync(target, runner);
        SavedPlans? saved = save is null ? null : new SavedPlans(context, save);
        saved?.Begin();

        bool changes = false;
        foreach (string stack in stacks)
        {
            if (!destroy && StackOrder.DependencyOf(stack) is { } below && !await IsDeployedAsync(target, below))
            {
                string why = $"planned once {below} is deployed, whose outputs it reads";
                context.Reporter.Line($"{stack}: {why}");
                saved?.AddUnplanned(stack, why);
                changes = true;
                continue;
            }

            StackPlan plan = await runner.PlanAsync(target.Stack(stack), destroy, listAll: true, readOnly ? PlanMode.ReadOnly : PlanMode.Usual);
            if (saved is not null)
                await saved.AddAsync(target, plan);
            changes |= plan.HasChanges;
        }

        if (saved is not null)
            await saved.EndAsync(target, readOnly);
        return changes ? ExitCode.Changes : ExitCode.Ok;
    }

    /// <summary>Does what a deployment takes, step by step; runtime is planned on what base has made.</summary>
    /// <param name="named">Stacks.</param>
    /// <param name="skipped">Names of steps to leave out.</param>
    public async Task<ExitCode> DeployAsync(IReadOnlyCollection<string> named, IReadOnlyCollection<string>? skipped = null)
    {
        skipped ??= [];
        IReadOnlyList<string> stacks = [.. StackOrder.ForDeploy(named).Where(stack => !skipped.Contains(stack))];
        if (options.DryRun)
            return await PlanAsync(stacks);
        using DeploymentSession target = await DeploymentSession.PrepareAsync(context, options, "deploy");
        StackRunner runner = Runner(target);
        var steps = new DeploySteps(context, options);
        if (!skipped.Contains(DeploySteps.Bootstrap))
            steps.Add(DeploySteps.Bootstrap, async () => await EnsureBootstrapAsync(target, runner));
        var deployment = new DeploymentChecks(context, target);
        if (stacks.Contains(StackNames.Base) && !target.OnEmulator && DomainStep.IsNeeded(target.Environment.Config) && !skipped.Contains(DeploySteps.Domain))
            steps.Add(DeploySteps.Domain, new DomainStep(context, target, runner, $"./infra deploy {options.AsTyped}").RunAsync);
        foreach (string stack in stacks)
        {
            if (stack == StackNames.Runtime)
            {
                if (StackOrder.DependencyOf(stacks[0]) == StackNames.Base)
                    steps.Add(StackNames.Base, async () => await RequireBelowAsync(target, stacks));
                if (deployment.NeedsSecrets)
                    steps.Add("secrets", deployment.SecretsAsync);
                if (!skipped.Contains(DeploySteps.Images) && target.Environment.Config is { Services.Count: > 0 } or { Agents.Count: > 0 })
                    steps.Add(DeploySteps.Images, deployment.ImagesAsync);
            }

            steps.Add(stack, async () =>
            {
                async Task<string> ApplyAsync()
                {
                    string done = await runner.ApplyAsync(await runner.PlanAsync(target.Stack(stack)));
                    await AfterDeployment.RunAsync(context, target, stack);
                    return done;
                }

                return stack == StackNames.Runtime
                    ? await new RuntimeRollout(context, options, target).ApplyAsync(target.Stack(stack), ApplyAsync)
                    : await ApplyAsync();
            });
        }

        if (stacks.Contains(StackNames.Runtime) && target.Environment.Config.Smoke.Count > 0 && !skipped.Contains(DeploySteps.Smoke))
            steps.Add(DeploySteps.Smoke, deployment.SmokeAsync);
        return await steps.RunAsync(stacks);
    }

    /// <summary>Applies exactly what <see cref="PlanAsync"/> has saved.</summary>
    public Task<ExitCode> DeploySavedAsync(IReadOnlyCollection<string> named, string folder) =>
        new SavedDeployCommand(context, options, folder).RunAsync(named, Runner);

    /// <summary>Destroys, what stands on others first.</summary>
    public async Task<ExitCode> DestroyAsync(IReadOnlyCollection<string> named)
    {
        if (options.DryRun)
            return await PlanAsync(named, destroy: true);
        IReadOnlyList<string> stacks = StackOrder.ForDestroy(named);
        using DeploymentSession target = await DeploymentSession.PrepareAsync(context, options, "destroy");
        if (!await target.State.ExistsAsync(context.Stopping))
        {
            context.Reporter.Line("nothing is deployed");
            return ExitCode.Ok;
        }

        string last = stacks[^1];
        if (StackOrder.DependentOf(last) is { } above && !stacks.Contains(above, StringComparer.Ordinal) && await IsDeployedAsync(target, above))
            throw OperationException.BadInput($"{above} still stands on {last}", $"./infra destroy {options.AsTyped} {above} {last}");

        StackRunner runner = Runner(target);
        return await EachAsync("destroy", stacks, async stack => await runner.ApplyAsync(await runner.PlanAsync(target.Stack(stack), destroy: true)));
    }

    /// <summary>Makes the zone, requests the certificates, and checks the DNS for what somebody has to enter there.</summary>
    public async Task<ExitCode> DomainAsync()
    {
        using DeploymentSession target = await DeploymentSession.PrepareAsync(context, options, "domain");
        EnvironmentConfig config = target.Environment.Config;
        if (!DomainStep.IsNeeded(config))
        {
            context.Reporter.Line(config.Domain is null ? $"{config.Name} has no domain" : $"the zone of {config.Domain.Name} existed before: nobody has to enter anything");
            return ExitCode.Ok;
        }

        StackRunner runner = Runner(target);
        await EnsureBootstrapAsync(target, runner);
        if (options.DryRun)
            return (await runner.PlanAsync(target.Stack(StackNames.Base), mode: new PlanMode { Targets = DomainStep.Targets(target.Stack(StackNames.Base).Json) })).HasChanges
                ? ExitCode.Changes
                : ExitCode.Ok;
        context.Reporter.Good(await new DomainStep(context, target, runner, $"./infra domain {options.AsTyped}").RunAsync());
        return ExitCode.Ok;
    }

    /// <summary>Applies the once-per-account stack.</summary>
    public async Task<ExitCode> BootstrapAsync()
    {
        using DeploymentSession target = await DeploymentSession.PrepareAsync(context, options, StackNames.Bootstrap);
        (bool hasChanges, string? done) = await new BootstrapCommand(context, target, Runner(target)).RunAsync(options.DryRun);
        if (options.DryRun)
            return hasChanges ? ExitCode.Changes : ExitCode.Ok;
        context.Reporter.Good(done!);
        return ExitCode.Ok;
    }

    private StackRunner Runner(DeploymentSession target)
    {
        Reporter reporter = context.Reporter;
        var confirmation = new Confirmation(target.Environment.Config, options.Yes, reporter.CanAsk, reporter.AskAsync, reporter);
        return new StackRunner(context, target, [confirmation]);
    }

    private async Task<string> RequireBelowAsync(DeploymentSession target, IReadOnlyList<string> stacks) => await IsDeployedAsync(target, StackNames.Base)
        ? "base: there"
        : throw OperationException.BadInput($"{stacks[0]} stands on base, which is not deployed", $"./infra deploy {options.AsTyped} base {stacks[0]}");

    /// <returns>One line of what was found or done.</returns>
    private async Task<string> EnsureBootstrapAsync(DeploymentSession target, StackRunner runner)
    {
        bool ready = await target.State.ExistsAsync(context.Stopping)
            && await target.State.HasStateAsync(target.Stack(StackNames.Bootstrap).StateKey, context.Stopping);
        if (ready)
            return "bootstrap: there";
        if (!target.OnEmulator)
        {
            throw OperationException.BadInput(
                $"account {target.Environment.Config.Account} is not bootstrapped: there is no state bucket {target.State.Name} with the bootstrap's state",
                $"once per account, with admin rights: ./infra bootstrap {options.AsTyped}");
        }

        return (await new BootstrapCommand(context, target, runner).RunAsync(dryRun: false)).Done!;
    }

    private async Task<bool> IsDeployedAsync(DeploymentSession target, string stack) =>
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
                + $"left: {left}\nto continue: ./infra {verb} {options.AsTyped} {left}";
            throw new OperationException(e.ExitCode, e.Message, string.Join('\n', new[] { e.Remedy, progress }.OfType<string>()), e);
        }

        context.Reporter.Step("done");
        foreach (string line in done)
            context.Reporter.Line($"  {line}");
        return ExitCode.Ok;
    }
}
