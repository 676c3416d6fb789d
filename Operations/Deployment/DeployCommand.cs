using Infra.Configuration.Model;
using Infra.Contracts;
using Infra.Operations.AwsClients;
using Infra.Operations.Databases;
using Infra.Operations.Output;
using Infra.Operations.Releases;
using Infra.Operations.Scheduling;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>The commands that apply the stacks of one environment: deploy, domain, bootstrap.</summary>
internal sealed class DeployCommand(RunContext context, SessionOptions options)
{
    /// <summary>How long to wait for the DNS records of a new domain; null means the default of <see cref="DomainStep"/>.</summary>
    public TimeSpan? DomainWait { get; init; }

    /// <summary>Whether plans are shown with each creation and whole values.</summary>
    public bool Full { get; init; }

    /// <summary>Addresses of resources with data that may be destroyed or replaced.</summary>
    public IReadOnlyList<string> AllowDataLoss { get; init; } = [];

    /// <summary>Runs the steps of a deployment; runtime is planned after base is applied, because it reads base's outputs.</summary>
    /// <param name="named">Stacks.</param>
    /// <param name="skipped">Names of steps to skip.</param>
    /// <param name="additional">Steps of another command that deploys.</param>
    public async Task<ExitCode> DeployAsync(
        IReadOnlyCollection<string> named, IReadOnlyCollection<string>? skipped = null, AdditionalSteps? additional = null)
    {
        skipped ??= [];
        IReadOnlyList<string> stacks = [.. StackOrder.ForDeploy(named).Where(stack => !skipped.Contains(stack))];
        if (options.DryRun)
            return await new PlanCommand(context, options) { Full = Full, AllowDataLoss = AllowDataLoss }.RunAsync(stacks);
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "deploy");
        StackRunner runner = Runner(session);
        var steps = new DeploySteps(context, options, additional?.Continue);
        if (!skipped.Contains(DeploySteps.Bootstrap))
            steps.Add(DeploySteps.Bootstrap, async () => await new BootstrapCommand(context, session, runner).EnsureAsync(options));
        var deployment = new DeploymentChecks(context, session);
        if (stacks.Contains(StackNames.Base)
            && DomainStep.IsNeeded(context, session)
            && !skipped.Contains(DeploySteps.Domain))
            steps.Add(
                DeploySteps.Domain, new DomainStep(context, session, runner, $"./infra deploy {options.AsTyped}", DomainWait).RunAsync);
        var snapshots = Snapshots(session);
        if (snapshots.AreNeeded && stacks.Any(stack => stack is StackNames.Base or StackNames.Runtime)
            && !skipped.Contains(DeploySteps.Snapshot))
            steps.Add(DeploySteps.Snapshot, snapshots.TakeAsync);
        void AddAll(IReadOnlyList<DeployStep>? others)
        {
            foreach (DeployStep step in others ?? [])
                steps.Add(step.Name, step.RunAsync);
        }

        foreach (string stack in stacks)
        {
            if (stack == StackNames.Runtime)
            {
                AddAll(additional?.BeforeRuntime(session));
                if (StackOrder.DependencyOf(stacks[0]) == StackNames.Base)
                    steps.Add(StackNames.Base, async () => await RequireBaseAsync(session, stacks));
                if (deployment.NeedsSecrets)
                    steps.Add("secrets", deployment.SecretsAsync);
                if (!skipped.Contains(DeploySteps.Images) && session.Environment.Config is { Services.Count: > 0 } or { Agents.Count: > 0 })
                    steps.Add(DeploySteps.Images, deployment.ImagesAsync);
            }

            steps.Add(stack, async () =>
            {
                async Task<string> ApplyAsync()
                {
                    string done = await runner.ApplyAsync(await runner.PlanAsync(session.Stack(stack)));
                    await AfterDeployment.RunAsync(context, session, stack);
                    return done;
                }

                return stack == StackNames.Runtime
                    ? await new RuntimeRollout(context, options, session).ApplyAsync(session.Stack(stack), ApplyAsync)
                    : await ApplyAsync();
            });
        }

        bool hasRuntime = stacks.Contains(StackNames.Runtime);
        if (!hasRuntime)
            AddAll(additional?.BeforeRuntime(session));
        AddAll(additional?.AfterRuntime(session));
        if ((hasRuntime || additional is not null) && session.Environment.Config.Smoke.Count > 0 && !skipped.Contains(DeploySteps.Smoke))
            steps.Add(DeploySteps.Smoke, deployment.SmokeAsync);
        ExitCode result = await steps.RunAsync(stacks);
        if (hasRuntime)
            await new NextSteps(context, session.Connection, session.AsTyped).ShowAsync();
        return result;
    }

    /// <summary>Applies exactly what <see cref="PlanCommand"/> has saved.</summary>
    /// <param name="named">Stacks.</param>
    /// <param name="folder">Folder of the plans.</param>
    /// <param name="snapshot">Whether to take the snapshots of databases that the environment file asks for.</param>
    public Task<ExitCode> DeploySavedAsync(IReadOnlyCollection<string> named, string folder, bool snapshot = true) =>
        new SavedDeployCommand(context, options, folder)
            .RunAsync(named, Runner, session => snapshot && Snapshots(session) is { AreNeeded: true } snapshots ? snapshots : null);

    /// <summary>Creates the zone, requests the certificates, and checks the DNS for the records that the user has to enter.</summary>
    public async Task<ExitCode> DomainAsync()
    {
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "domain");
        EnvironmentConfig config = session.Environment.Config;
        if (!DomainStep.IsNeeded(config))
        {
            context.Reporter.Line(config.Domain is null
                ? $"{config.Name} has no domain"
                : $"the zone of {config.Domain.Name} already exists: no DNS records have to be entered");
            return ExitCode.Ok;
        }

        StackRunner runner = Runner(session);
        var bootstrap = new BootstrapCommand(context, session, runner);
        if (options.DryRun)
        {
            StackFolder stack = session.Stack(StackNames.Base);
            var zone = new PlanMode { Targets = DomainStep.Targets(stack.Json) };
            StackPlan plan = await bootstrap.IsDeployedAsync(options)
                ? await runner.PlanAsync(stack, mode: zone)
                : await runner.PlanWithoutStateAsync(stack, destroy: false, zone);
            return plan.HasChanges ? ExitCode.Changes : ExitCode.Ok;
        }

        await bootstrap.EnsureAsync(options);
        context.Reporter.Good(await new DomainStep(context, session, runner, $"./infra domain {options.AsTyped}", DomainWait)
            .RunAsync());
        return ExitCode.Ok;
    }

    /// <summary>Applies the once-per-account stack.</summary>
    public async Task<ExitCode> BootstrapAsync()
    {
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, StackNames.Bootstrap);
        (bool hasChanges, string? done) = await new BootstrapCommand(context, session, Runner(session)).RunAsync(options.DryRun);
        if (options.DryRun)
            return hasChanges ? ExitCode.Changes : ExitCode.Ok;
        context.Reporter.Good(done!);
        return ExitCode.Ok;
    }

    private DeploymentSnapshots Snapshots(DeploymentSession session) => new(
        context, options, session.Environment, RdsClient.Of(session.Access, session.OnEmulator));

    private StackRunner Runner(DeploymentSession session) =>
        new(context, session, Reviews(session)) { Full = Full };

    private IReadOnlyList<IPlanReview> Reviews(DeploymentSession session) =>
    [
        PlanGuard.Of(session, AllowDataLoss, context.Reporter),
        new Confirmation(session.Environment.Config, options, context.Reporter),
    ];

    private async Task<string> RequireBaseAsync(DeploymentSession session, IReadOnlyList<string> stacks) =>
        await session.IsDeployedAsync(StackNames.Base, context.Stopping)
        ? "base: deployed"
        : throw OperationException.BadInput(
            $"{stacks[0]} depends on base, which is not deployed", $"./infra deploy {options.AsTyped}");
}
