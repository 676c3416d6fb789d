using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>
/// A run that was started and waits where GitHub would: for its turn in a concurrency group, or for the approval of an environment. An
/// approval is for the jobs of the run that wait for it.
/// https://docs.github.com/actions/how-tos/deploy/configure-and-manage-deployments/review-deployments
/// </summary>
/// <param name="state">Shared state of the runs.</param>
/// <param name="rules">Rules of an environment.</param>
/// <param name="actor">User who started it.</param>
internal sealed class StartedRun(RunState state, Func<string, EnvironmentRules> rules, string actor)
{
    private readonly Dictionary<string, bool?> _approvals = new(StringComparer.Ordinal);
    private Task<WorkflowResult> _task = null!;
    private bool _hasEnded;

    /// <summary>Environments for which its jobs have waited, in their order.</summary>
    public List<string> Waits { get; } = [];

    public void Begin(Func<WorkflowResult> run) => _task = Task.Factory.StartNew(
        () =>
        {
            try
            {
                return run();
            }
            finally
            {
                state.Change(() => _hasEnded = true);
            }
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public bool HasEnded => state.Read(() => _hasEnded);

    public WorkflowResult Wait() => _task.GetAwaiter().GetResult();

    /// <summary>Waits until a job of the run waits for the approval of the environment.</summary>
    public void WaitUntilItWaitsFor(string environment) =>
        state.Wait(() => _hasEnded || IsWaiting(environment), $"a job that waits for {environment}");

    public void Approve(string environment, string reviewer) => Review(environment, reviewer, approved: true);

    public void Reject(string environment, string reviewer) => Review(environment, reviewer, approved: false);

    /// <summary>A job's wait for approval.</summary>
    /// <returns>Whether it was approved; false also if it was cancelled meanwhile.</returns>
    public bool AwaitApproval(string environment, CancellationToken cancellation)
    {
        state.Change(() =>
        {
            Waits.Add(environment);
            _approvals[environment] = null;
        });
        using (state.ChangesWith(cancellation))
            state.Wait(
                () => _approvals[environment] is not null || cancellation.IsCancellationRequested, $"the approval of {environment}");
        return state.Read(() => _approvals[environment] ??= false);
    }

    private void Review(string environment, string reviewer, bool approved)
    {
        if (rules(environment).PreventSelfReview && reviewer == actor)
            throw new UnauthorizedAccessException($"{reviewer} started the run, and {environment} prevents self-reviews");
        WaitUntilItWaitsFor(environment);
        Assert.That(state.Read(() => IsWaiting(environment)), Is.True, $"no job waits for {environment}");
        state.Change(() => _approvals[environment] = approved);
    }

    private bool IsWaiting(string environment) => _approvals.TryGetValue(environment, out bool? approved) && approved is null;
}
