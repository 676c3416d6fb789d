using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.Databases;
using Infra.Operations.Output;
using Infra.Operations.Plans;
using Infra.Operations.Releases;
using Infra.Operations.Scheduling;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>
/// <c>deploy --saved</c>: applies exactly the plans of a folder, or nothing if the state has changed since they were created.
/// </summary>
internal sealed class SavedDeployCommand(RunContext context, SessionOptions options, string folder)
{
    private readonly SavedPlans _saved = new(context, folder);

    /// <summary>Applies the plans of the given stacks, or all plans with changes.</summary>
    /// <param name="named">Stacks.</param>
    /// <param name="runnerOf">Runner of the session's stacks.</param>
    /// <param name="snapshotsOf">Snapshots to take before changes of base or runtime; null for none.</param>
    public async Task<ExitCode> RunAsync(
        IReadOnlyCollection<string> named, Func<DeploymentSession, StackRunner> runnerOf,
        Func<DeploymentSession, DeploymentSnapshots?> snapshotsOf)
    {
        PlanSummary summary = _saved.Read();
        if (options.DryRun)
            throw OperationException.BadInput("--dry-run cannot be used with --saved: the saved plan already shows the changes",
                $"read {string.Join(", ", summary.Stacks.Select(stack => Path.Combine(folder, stack.Stack + ".txt")))}");
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "deploy");
        CheckEnvironment(summary, session.Environment.Config);
        IReadOnlyList<StackSummary> stacks = Choose(summary, named);
        if (summary.ReadOnly)
            context.Reporter.Line("planned without refresh: changes made outside Terraform are not in the plan");
        StackRunner runner = runnerOf(session);
        if (stacks.Any(stack => stack is { Stack: StackNames.Base, Changes: true })
            && DomainStep.IsNeeded(context, session))
            await new DomainStep(context, session, runner, $"./infra domain {options.AsTyped}").RequireAsync();
        var done = new List<string>();
        if (stacks.Any(stack => stack is { Stack: StackNames.Base or StackNames.Runtime, Changes: true })
            && snapshotsOf(session) is { } snapshots)
        {
            context.Reporter.Step(DeploySteps.Snapshot);
            done.Add(await snapshots.TakeAsync());
        }

        foreach (StackSummary stack in stacks)
        {
            async Task<string> OneAsync()
            {
                string line = await ApplyAsync(session, runner, summary, stack, done);
                await AfterDeployment.RunAsync(context, session, stack.Stack);
                return line;
            }

            done.Add(stack.Stack == StackNames.Runtime
                ? await new RuntimeRollout(context, options, session).ApplyAsync(session.Stack(stack.Stack), OneAsync)
                : await OneAsync());
        }
        context.Reporter.Step("done");
        foreach (string line in done)
            context.Reporter.Line($"  {line}");
        return ExitCode.Ok;
    }

    private static void CheckEnvironment(PlanSummary summary, EnvironmentConfig config)
    {
        string planned = $"{summary.Project} {summary.Environment} in {summary.Account}, {summary.Region}";
        string chosen = $"{config.Project} {config.Name} in {config.Account}, {config.Region}";
        if (planned != chosen)
            throw OperationException.BadInput(
                $"the saved plans are for {planned}, the chosen environment is {chosen}; nothing was changed");
    }

    private IReadOnlyList<StackSummary> Choose(PlanSummary summary, IReadOnlyCollection<string> named)
    {
        StackSummary[] chosen = named.Count == 0
            ? [.. summary.Stacks.Where(stack => stack.NotPlanned is null)]
            : [.. StackOrder.ForDeploy(named).Select(name => summary.Stacks.SingleOrDefault(stack => stack.Stack == name)
                ?? throw OperationException.BadInput($"there is no saved plan of {name} in {_saved.Folder}",
                    $"available: {string.Join(", ", summary.Stacks.Select(stack => stack.Stack))}"))];
        if (chosen.FirstOrDefault(stack => stack.Placeholders.Count > 0) is { } guessed)
        {
            throw OperationException.BadInput(
                $"the plan of {guessed.Stack} cannot be applied: it was created without "
                    + $"{string.Join(", ", guessed.Placeholders.Select(name => RequiredVariables.Prefix + name))}",
                $"set the missing variables, then {PlanAgain(guessed.Stack)}");
        }

        return chosen.FirstOrDefault(stack => stack.NotPlanned is not null) is { } unplanned
            ? throw OperationException.BadInput($"{unplanned.Stack} was not planned: {unplanned.NotPlanned}", PlanAgain(unplanned.Stack))
            : chosen;
    }

    private async Task<string> ApplyAsync(
        DeploymentSession session, StackRunner runner, PlanSummary summary, StackSummary saved, List<string> done)
    {
        string name = saved.Stack;
        string before = done.Count > 0 ? $"done: {string.Join("; ", done)}\n" : "";
        if (await PlanCommand.StateOfAsync(session, name) != saved.State)
            throw OperationException.Failed(
                $"the state of {name} has changed since its plan was created; the plan was not applied", before + PlanAgain(name));
        if (StackOrder.DependencyOf(name) is { } below && await PlanCommand.StateOfAsync(session, below) != saved.Below)
            throw OperationException.Failed(
                $"{below} was applied since {name} was planned, and {name} reads its outputs; the plan was not applied",
                before + PlanAgain(name));
        if (!saved.Changes)
            return $"{name}: nothing to do";

        if (_saved.Restore(session.Stack(name)) && summary.Commit is { } commit)
            context.Reporter.Warn(
                $"{name}: the sources differ from those of the plan (commit {Workspace.Commit.Short(commit)}); the plan is applied");
        StackFolder stack = session.Stack(name);
        await session.Terraform.InitAsync(stack.Path);
        // From Terraform, not from the summary, because reviews depend on it.
        PlanContents contents = await session.Terraform.ContentsAsync(stack.Path, _saved.PathOf(saved));
        var plan = new StackPlan(
            stack, _saved.PathOf(saved), Destroys: false, saved.Changes, contents,
            new ChangeCounts(saved.Add, saved.Change, saved.Destroy));
        context.Reporter.Step($"{name}: saved plan");
        runner.Show(plan);
        return await runner.ApplyAsync(plan);
    }

    private string PlanAgain(string stack) =>
        $"plan again and have the plan reviewed again: ./infra plan {options.AsTyped} {stack} --save {folder}";
}
