using System.Runtime.InteropServices;
using Infra.Operations.Output;

namespace Infra.Operations.Processes;

/// <summary>
/// Handles Ctrl-C, SIGTERM and a closed terminal. The first signal stops running programs gracefully, the second kills them.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _soft = new();
    private readonly CancellationTokenSource _hard = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Cancelled by the first signal: stop gracefully.</summary>
    public CancellationToken Soft => _soft.Token;

    /// <summary>Cancelled by the second signal: stop immediately.</summary>
    public CancellationToken Hard => _hard.Token;

    /// <summary>Handles this process's signals.</summary>
    /// <param name="onFirst">Called at the first signal, when programs may still have to stop.</param>
    public static Interruption OfThisProcess(Action onFirst)
    {
        var interruption = new Interruption();
        foreach (PosixSignal signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
        {
            interruption._registrations.Add(PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                bool first = !interruption.Soft.IsCancellationRequested;
                if (first)
                    onFirst();
                interruption.Request();
            }));
        }

        return interruption;
    }

    /// <summary>Handles a signal.</summary>
    public void Request()
    {
        if (_soft.IsCancellationRequested)
            _hard.Cancel();
        else
            _soft.Cancel();
    }

    public void ThrowIfRequested()
    {
        if (_soft.IsCancellationRequested)
            throw new OperationException(
                ExitCode.Interrupted, "interrupted", "run the same command again: it completes what was started and keeps what is done");
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _soft.Dispose();
        _hard.Dispose();
    }
}
