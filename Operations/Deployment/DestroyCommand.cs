using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>Destroys stacks of one environment, dependents first.</summary>
internal sealed class DestroyCommand(RunContext context, SessionOptions options)
{
    /// <summary>Whether plans are shown with whole values.</summary>
    public bool Full { get; init; }

    public async Task<ExitCode> RunAsync(IReadOnlyCollection<string> named)
    {
        if (options.DryRun)
            return await new PlanCommand(context, options) { Full = Full }.RunAsync(named, destroy: true);
        IReadOnlyList<string> stacks = StackOrder.ForDestroy(named);
        using DeploymentSession session = await DeploymentSession.PrepareAsync(context, options, "destroy");
        if (!await session.State.ExistsAsync(context.Stopping))
        {
            context.Reporter.Line("nothing is deployed");
            return ExitCode.Ok;
        }

        string last = stacks[^1];
        if (StackOrder.DependentOf(last) is { } above
            && !stacks.Contains(above, StringComparer.Ordinal)
            && await session.IsDeployedAsync(above, context.Stopping))
            throw OperationException.BadInput($"{above} still depends on {last}", $"./infra destroy {options.AsTyped} {above} {last}");

        await DestroyProtection.RequireNoneAsync(session, options, stacks, context.Stopping);
        return await DestroyAsync(session, stacks);
    }

    /// <summary>Stops at the first failure, and reports what was done, what is left and how to continue.</summary>
    private async Task<ExitCode> DestroyAsync(DeploymentSession session, IReadOnlyList<string> stacks)
    {
        var runner = new StackRunner(
            context, session, [new Confirmation(session.Environment.Config, options, context.Reporter)])
        { Full = Full };
        var done = new List<string>();
        try
        {
            foreach (string stack in stacks)
                done.Add(await runner.ApplyAsync(await runner.PlanAsync(session.Stack(stack), destroy: true)));
        }
        catch (OperationException e) when (stacks.Count > 1)
        {
            string left = string.Join(' ', stacks.Skip(done.Count));
            string progress = (done.Count > 0 ? $"done: {string.Join("; ", done)}\n" : "")
                + $"left: {left}\nto continue: ./infra destroy {options.AsTyped} {left}";
            throw new OperationException(e.ExitCode, e.Message, string.Join('\n', new[] { e.Remedy, progress }.OfType<string>()), e);
        }

        context.Reporter.Step("done");
        foreach (string line in done)
            context.Reporter.Line($"  {line}");
        return ExitCode.Ok;
    }
}
