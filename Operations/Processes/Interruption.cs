using System.Runtime.InteropServices;
using Infra.Operations.Output;

namespace Infra.Operations.Processes;

/// <summary>
/// Ctrl-C, SIGTERM and a closed terminal. The first asks what runs to end cleanly, the second ends it at once.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _soft = new();
    private readonly CancellationTokenSource _hard = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    /// <summary>Asked to end cleanly.</summary>
    public CancellationToken Soft => _soft.Token;

    /// <summary>Asked again: end at once.</summary>
    public CancellationToken Hard => _hard.Token;

    /// <summary>Listens to this process's signals.</summary>
    /// <param name="onFirst">Told at the first one: something may still have to end.</param>
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

    /// <summary>What a signal does.</summary>
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
            throw new OperationException(ExitCode.Interrupted, "interrupted", "run the same command again: what was begun is completed, what is done is kept");
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
            registration.Dispose();
        _soft.Dispose();
        _hard.Dispose();
    }
}
