using Infra.Operations.Output;

namespace Infra.Operations.Releases;

/// <summary>What runs of one service or agent, and whether what was released has arrived.</summary>
internal interface IRollout
{
    /// <summary>What runs; null where runtime is not deployed.</summary>
    Task<RunningService?> ReadAsync(CancellationToken cancellation);

    /// <summary>Waits until what was released has arrived, or is given up.</summary>
    /// <param name="expected">Whether that is it.</param>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="OperationException">It did not arrive.</exception>
    Task WaitAsync(Func<RunningService, bool> expected, TimeSpan timeout, CancellationToken cancellation);
}
