using System.Diagnostics;
using Infra.Operations.Output;
using Infra.Operations.Plans;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Sessions;

/// <summary>Plans and applies single stacks of an environment.</summary>
internal sealed class StackRunner(RunContext context, DeploymentSession session, IReadOnlyList<IPlanReview> reviews)
{
    /// <summary>Whether plans are shown with each creation and whole values.</summary>
    public bool Full { get; init; }

    /// <summary>Prepares the stack's folder, creates a plan, saves and shows it.</summary>
    /// <param name="stack">Stack.</param>
    /// <param name="destroy">Whether the plan destroys it.</param>
    /// <param name="mode">Other options of the plan.</param>
    public async Task<StackPlan> PlanAsync(StackFolder stack, bool destroy = false, PlanMode? mode = null)
    {
        Reporter reporter = context.Reporter;
        mode = (mode ?? PlanMode.Usual) with { Destroy = destroy };
        reporter.Step($"{stack.Name}: plan{(destroy ? " to destroy" : "")}");
        await PrepareAsync(stack, mode);
        string file = Path.Combine(session.Plans, $"{stack.Name}.tfplan");
        (OperationView view, bool hasChanges) = await session.Terraform.PlanAsync(stack.Path, file, mode, () => LockHolderAsync(stack));
        view.ShowDiagnostics();
        // Drift that leads to no change is not shown: providers also report values that are only formatted differently.
        PlanContents contents = hasChanges ? await session.Terraform.ContentsAsync(stack.Path, file) : PlanContents.Empty;
        var plan = new StackPlan(stack, file, destroy, hasChanges, contents, view.Counts);
        Show(plan);
        return plan;
    }

    /// <summary>As <see cref="PlanAsync"/>, while there is no bucket of the states: everything is planned as new.</summary>
    public async Task<StackPlan> PlanWithoutStateAsync(StackFolder stack, bool destroy, PlanMode? mode = null)
    {
        // Terraform writes it only in an apply.
        stack.UseLocalBackend(Path.Combine(session.Plans, $"{stack.Name}.none.tfstate"));
        try
        {
            return await PlanAsync(stack, destroy, mode);
        }
        finally
        {
            stack.UseOwnBackend();
        }
    }

    /// <summary>Shows a plan.</summary>
    public void Show(StackPlan plan)
    {
        if (plan.HasChanges)
            PlanText.Write(context.Reporter, plan.Stack.Name, plan.Contents, plan.Counts, Full);
        else
            context.Reporter.Line("  no changes");
    }

    /// <summary>Checks the stack's variables and prepares its folder, so that Terraform can run in it.</summary>
    public async Task PrepareAsync(StackFolder stack, PlanMode? mode = null)
    {
        UnsavedState.Refuse(stack, session.AsTyped);
        CheckVariables(stack, mode ?? PlanMode.Usual);
        await session.Terraform.InitAsync(stack.Path);
    }

    /// <summary>Reviews the plan, then applies exactly that plan.</summary>
    /// <returns>A summary line.</returns>
    public async Task<string> ApplyAsync(StackPlan plan)
    {
        string name = plan.Stack.Name;
        if (!plan.HasChanges)
            return $"{name}: nothing to do";
        foreach (IPlanReview review in reviews)
            await review.ReviewAsync(plan, context.Stopping);

        context.Reporter.Step($"{name}: apply");
        var watch = Stopwatch.StartNew();
        OperationView view;
        try
        {
            view = await session.Terraform.ApplyAsync(plan.Stack.Path, plan.File, plan.Counts.Total, () => LockHolderAsync(plan.Stack));
        }
        catch (OperationException e) when (UnsavedState.Exists(plan.Stack))
        {
            throw new OperationException(e.ExitCode, e.Message, $"{e.Remedy}\n{UnsavedState.Remedy(plan.Stack, session.AsTyped)}", e);
        }

        // A plan may contain secrets and is not needed after it is applied.
        File.Delete(plan.File);
        view.ShowDiagnostics();
        string done = $"{name}: {Describe(view.Counts)} in {Reporter.Duration(watch.Elapsed)}";
        context.Reporter.Good(done);
        return done;
    }

    /// <summary><c>12 added, 1 changed, 0 destroyed</c>.</summary>
    private static string Describe(ChangeCounts counts) => $"{counts.Add} added, {counts.Change} changed, {counts.Remove} destroyed";

    private async Task<string?> LockHolderAsync(StackFolder stack) => await session.State.LockHolderAsync(stack.StateKey, context.Stopping);

    private void CheckVariables(StackFolder stack, PlanMode mode)
    {
        foreach (RequiredVariable variable in RequiredVariables.Of(stack.Json).Where(variable => variable.Sensitive))
            context.Reporter.Redactor.Hide(context.Variables[RequiredVariables.Prefix + variable.Name]);

        IReadOnlyList<RequiredVariable> unset = RequiredVariables.Unset(stack.Json, context.Variables);
        // A read-only plan with missing values is never applied, so its placeholders are not used.
        if (unset.Count > 0 && !session.OnEmulator && mode.Lock)
            throw RequiredVariables.Missing(stack.Name, unset);
        if (unset.Count > 0)
            stack.AddPlaceholders(context.Variables);
        foreach (RequiredVariable variable in unset)
            context.Reporter.Detail(
                $"  {RequiredVariables.Prefix}{variable.Name} is not set: {(session.OnEmulator ? "the emulator" : "the plan")} gets a "
                    + "placeholder");
    }
}
