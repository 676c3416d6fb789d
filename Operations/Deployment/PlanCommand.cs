using Infra.Configuration.Findings;
using Infra.Insight;
using Infra.Insight.Costs;
using Infra.Operations.Aws;
using Infra.Operations.Findings;
using Infra.Operations.Output;
using Infra.Operations.Plans;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>Creates and shows plans; changes nothing, except that a saved plan needs the emulator's bootstrap.</summary>
internal sealed class PlanCommand(RunContext context, SessionOptions options)
{
    /// <summary>Whether plans are shown with each creation and whole values.</summary>
    public bool Full { get; init; }

    /// <summary>Folder to save the plans in for <c>deploy --saved</c>; null means that they are only shown.</summary>
    public string? Save { get; init; }

    /// <summary>Whether to skip refresh and lock, for a role that may neither read secrets nor write.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Addresses of resources with data that may be destroyed or replaced, in addition to those of the environment file.</summary>
    public IReadOnlyList<string> AllowDataLoss { get; init; } = [];

    /// <param name="named">Stacks.</param>
    /// <param name="destroy">Whether the plans destroy.</param>
    /// <param name="take">Gets the summary.</param>
    public async Task<ExitCode> RunAsync(
        IReadOnlyCollection<string> named, bool destroy = false, Action<PlanSummary>? take = null)
    {
        if (destroy && Save is not null)
            throw OperationException.BadInput("a destroy plan cannot be saved", "./infra destroy plans, shows and applies it");
        IReadOnlyList<string> stacks = destroy ? StackOrder.ForDestroy(named) : StackOrder.ForDeploy(named);
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "plan");
        var runner = new StackRunner(context, session, [new Confirmation(session.Environment.Config, options, context.Reporter)])
        { Full = Full };
        var bootstrap = new BootstrapCommand(context, session, runner);
        // A saved plan is applied to the state in the bucket that bootstrap creates.
        if (Save is not null)
            await bootstrap.EnsureAsync(options);
        bool hasStates = Save is not null || await bootstrap.IsDeployedAsync(options);
        if (!hasStates)
            context.Reporter.Line("the emulator is empty: a deployment also creates bootstrap");
        if (destroy)
            await DestroyProtection.RequireNoneAsync(session, options, stacks, context.Stopping);
        SavedPlans? saved = Save is null ? null : new SavedPlans(context, Save);
        saved?.Begin();

        var summaries = new List<StackSummary>();
        var planned = new Dictionary<string, PlanContents?>(StringComparer.Ordinal);
        foreach (string stack in stacks)
        {
            if (!destroy && StackOrder.DependencyOf(stack) is { } below && !await session.IsDeployedAsync(below, context.Stopping))
            {
                string why = $"cannot be planned until {below} is deployed, because it reads its outputs";
                context.Reporter.Line($"{stack}: {why}");
                summaries.Add(new StackSummary { Stack = stack, NotPlanned = why, Changes = true });
                continue;
            }

            PlanMode mode = ReadOnly ? PlanMode.ReadOnly : PlanMode.Usual;
            StackPlan plan = hasStates
                ? await runner.PlanAsync(session.Stack(stack), destroy, mode)
                : await runner.PlanWithoutStateAsync(session.Stack(stack), destroy, mode);
            summaries.Add(await SummaryAsync(session, plan));
            planned[stack] = plan.HasChanges ? plan.Contents : null;
            if (saved is not null)
                await saved.AddAsync(session, plan);
        }

        IReadOnlyList<StackJson> synthesized = StackJson.ReadAll(session.OutDir);
        PlanCost cost = PlannedCosts.Of(
            synthesized, planned,
            summaries.Where(each => each.NotPlanned is not null).ToDictionary(each => each.Stack, each => each.NotPlanned!),
            PriceList.Committed);
        context.Reporter.Line($"estimated cost: {cost}");
        PlanSummary summary = await SummaryAsync(session, summaries) with
        {
            Cost = cost,
            Findings = saved is null ? null : [.. StaticChecks.Of(context, session.Environment, synthesized).Select(Shown)],
        };
        if (saved is not null)
            await saved.EndAsync(summary);
        take?.Invoke(summary);
        foreach (StackSummary stack in summary.Stacks.Where(stack => stack.Refused.Count > 0))
            context.Reporter.Error(
                $"{stack.Stack}: data at risk, a deployment stops unless \"allowDataLoss\" of the environment file has: "
                    + string.Join(", ", stack.Refused));
        return ExitCodeOf(summary);
    }

    /// <summary>Data at risk before changes: workflows let plans with changes pass, not those that a deployment refuses.</summary>
    internal static ExitCode ExitCodeOf(PlanSummary summary) =>
        summary.DataAtRisk ? ExitCode.DataAtRisk : summary.Changes ? ExitCode.Changes : ExitCode.Ok;

    /// <summary>The version of a stack's state.</summary>
    public static async Task<StateSerial> StateOfAsync(DeploymentSession session, string stack) =>
        await session.State.VersionAsync(session.Stack(stack).StateKey, CancellationToken.None) ?? StateSerial.None;

    private static PlanFinding Shown(Finding finding) => new(
        FindingText.Level(finding.Rule), finding.Rule.Id, finding.File, finding.Line, FindingText.Message(finding));

    private async Task<StackSummary> SummaryAsync(DeploymentSession session, StackPlan plan)
    {
        string name = plan.Stack.Name;
        return new StackSummary
        {
            Stack = name,
            Changes = plan.HasChanges,
            Add = plan.Counts.Add,
            Change = plan.Counts.Change,
            Destroy = plan.Counts.Remove,
            Plan = Save is null ? null : SavedPlans.PlanFile(name),
            State = await StateOfAsync(session, name),
            Below = StackOrder.DependencyOf(name) is { } below ? await StateOfAsync(session, below) : null,
            Placeholders = session.OnEmulator
                ? []
                : [.. RequiredVariables.Unset(plan.Stack.Json, context.Variables).Select(variable => variable.Name)],
            Resources = plan.Changes,
            Outside = StackDrift.Of(name, plan.Contents).Outside,
            Losses = DataLoss.Of(plan.Changes),
            Refused = [.. PlanGuard.Of(session, AllowDataLoss, context.Reporter).Refused(plan).Select(loss => loss.Address)],
        };
    }

    private async Task<PlanSummary> SummaryAsync(DeploymentSession session, IReadOnlyList<StackSummary> stacks)
    {
        var config = session.Environment.Config;
        return new PlanSummary
        {
            Project = config.Project,
            Environment = config.Name,
            Account = config.Account,
            Region = config.Region,
            Commit = await Commit.OfAsync(context),
            MadeAt = DateTime.UtcNow,
            ReadOnly = ReadOnly,
            Stacks = stacks,
        };
    }
}
