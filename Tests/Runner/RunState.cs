using NUnit.Framework;

namespace Infra.Tests.Runner;

/// <summary>What runs that are started at the same time share; who waits continues when it changes.</summary>
internal sealed class RunState
{
    // Only so that a test which waits for what never happens ends.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly object _gate = new();

    public T Read<T>(Func<T> read)
    {
        lock (_gate) return read();
    }

    public void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Counts the cancellation as a change, so that who waits sees it.</summary>
    public IDisposable ChangesWith(CancellationToken cancellation) => cancellation.Register(() => Change(() => { }));

    public void Wait(Func<bool> until, string what)
    {
        lock (_gate)
        {
            while (!until())
            {
                if (!Monitor.Wait(_gate, Longest))
                    throw new AssertionException($"waited {Longest.TotalMinutes} minutes for {what}");
            }
        }
    }
}
