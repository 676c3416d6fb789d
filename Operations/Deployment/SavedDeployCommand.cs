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

/// <summary><c>deploy --saved</c>: applies exactly the plans of a folder, or nothing where the state has moved since they were made.</summary>
internal sealed class SavedDeployCommand(RunContext context, SessionOptions options, string folder)
{
    private readonly SavedPlans _saved = new(context, folder);

    /// <summary>Applies the named stacks' plans, or all that hold changes.</summary>
    public async Task<ExitCode> RunAsync(IReadOnlyCollection<string> named, Func<DeploymentSession, StackRunner> runnerOf)
    {
        PlanSummary summary = _saved.Read();
        if (options.DryRun)
            throw OperationException.BadInput("a saved plan is its own dry run", $"read {string.Join(", ", summary.Stacks.Select(stack => Path.Combine(folder, stack.Stack + ".txt")))}");
        using DeploymentSession target = await DeploymentSession.PrepareAsync(context, options, "deploy");
        CheckEnvironment(summary, target.Environment.Config);
        IReadOnlyList<StackSummary> stacks = Choose(summary, named);
        if (summary.ReadOnly)
            context.Reporter.Line("planned from the state as it was: what changed behind Terraform's back since is not in the plan");
        StackRunner runner = runnerOf(target);
        if (stacks.Any(stack => stack is { Stack: StackNames.Base, Changes: true }) && !target.OnEmulator && DomainStep.IsNeeded(target.Environment.Config))
            await new DomainStep(context, target, runner, $"./infra domain {options.AsTyped}").RequireAsync();
        var done = new List<string>();
        foreach (StackSummary stack in stacks)
        {
            async Task<string> OneAsync()
            {
                string line = await ApplyAsync(target, runner, summary, stack, done);
                await AfterDeployment.RunAsync(context, target, stack.Stack);
                return line;
            }

            done.Add(stack.Stack == StackNames.Runtime
                ? await new RuntimeRollout(context, options, target).ApplyAsync(target.Stack(stack.Stack), OneAsync)
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
            throw OperationException.BadInput($"the saved plans are of {planned}, the chosen environment is {chosen}; nothing was changed");
    }

    private IReadOnlyList<StackSummary> Choose(PlanSummary summary, IReadOnlyCollection<string> named)
    {
        StackSummary[] chosen = named.Count == 0
            ? [.. summary.Stacks.Where(stack => stack.NotPlanned is null)]
            : [.. StackOrder.ForDeploy(named).Select(name => summary.Stacks.SingleOrDefault(stack => stack.Stack == name)
                ?? throw OperationException.BadInput($"there is no saved plan of {name} in {_saved.Folder}", $"available: {string.Join(", ", summary.Stacks.Select(stack => stack.Stack))}"))];
        if (chosen.FirstOrDefault(stack => stack.Placeholders.Count > 0) is { } guessed)
        {
            throw OperationException.BadInput(
                $"the plan of {guessed.Stack} is for reading: it was made without {string.Join(", ", guessed.Placeholders.Select(name => RequiredVariables.Prefix + name))}",
                $"set what is missing, then {PlanAgain(guessed.Stack)}");
        }

        return chosen.FirstOrDefault(stack => stack.NotPlanned is not null) is { } unplanned
            ? throw OperationException.BadInput($"{unplanned.Stack} was not planned: {unplanned.NotPlanned}", PlanAgain(unplanned.Stack))
            : chosen;
    }

    private async Task<string> ApplyAsync(DeploymentSession target, StackRunner runner, PlanSummary summary, StackSummary saved, List<string> done)
    {
        string name = saved.Stack;
        string before = done.Count > 0 ? $"done: {string.Join("; ", done)}\n" : "";
        if (await SavedPlans.VersionAsync(target, name) != saved.State)
            throw OperationException.Failed($"the state of {name} has moved since its plan was made; the plan was not applied", before + PlanAgain(name));
        if (StackOrder.DependencyOf(name) is { } below && await SavedPlans.VersionAsync(target, below) != saved.Below)
            throw OperationException.Failed($"{below} was applied since {name} was planned, and {name} reads its outputs; the plan was not applied", before + PlanAgain(name));
        if (!saved.Changes)
            return $"{name}: nothing to do";

        if (_saved.Restore(target.Stack(name)) && summary.Commit is { } commit)
            context.Reporter.Warn($"{name}: the sources differ from those of the plan (commit {Workspace.Commit.Short(commit)}); what was planned is applied");
        StackFolder stack = target.Stack(name);
        await target.Terraform.InitAsync(stack.Path);
        // Terraform's own word, not the summary's: reviews go by it.
        PlanContents contents = await target.Terraform.ContentsAsync(stack.Path, _saved.PlanFile(saved));
        var plan = new StackPlan(
            stack, _saved.PlanFile(saved), Destroys: false, saved.Changes,
            contents.Changes.Select(change => new TerraformEvent.PlannedChange(change.Address, change.Action)).ToArray(),
            new ChangeCounts(saved.Add, saved.Change, saved.Destroy));
        return await runner.ApplyAsync(plan);
    }

    private string PlanAgain(string stack) => $"plan again and have it looked at again: ./infra plan {options.AsTyped} {stack} --save {folder}";
}
