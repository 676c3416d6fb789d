using Infra.Operations.Output;

namespace Infra.Operations.Releases;

/// <summary>Reads what runs of one service or agent, and waits for a rollout.</summary>
internal interface IRollout
{
    /// <summary>What runs; null if runtime is not deployed.</summary>
    Task<RunningService?> ReadAsync(CancellationToken cancellation);

    /// <summary>Waits until the rollout is complete or has failed.</summary>
    /// <param name="expected">Whether the running version is the released one.</param>
    /// <param name="timeout">Maximum time to wait.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <exception cref="OperationException">The rollout failed or timed out.</exception>
    Task WaitAsync(Func<RunningService, bool> expected, TimeSpan timeout, CancellationToken cancellation);
}
