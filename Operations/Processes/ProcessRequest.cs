namespace Infra.Operations.Processes;

/// <summary>A program to run.</summary>
/// <param name="Program">Absolute path, or a name to find on PATH.</param>
/// <param name="Arguments">Arguments, which are passed without a shell.</param>
internal sealed record ProcessRequest(string Program, params IReadOnlyList<string> Arguments)
{
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables to set, or to remove if the value is null, in addition to those of the runner.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Kills the program, for a server that is no longer needed.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Standard input; null means that it is empty.</summary>
    public string? Input { get; init; }

    /// <summary>Called immediately for each line of standard output, from another thread.</summary>
    public Action<string>? OnOutput { get; init; }

    /// <summary>Called immediately for each line of standard error, from another thread.</summary>
    public Action<string>? OnError { get; init; }
}

/// <param name="ExitCode">Exit code of the program.</param>
/// <param name="Output">Complete standard output.</param>
/// <param name="Error">Complete standard error.</param>
/// <param name="Duration">How long it ran.</param>
internal sealed record ProcessResult(int ExitCode, string Output, string Error, TimeSpan Duration)
{
    // .NET reports a program that a signal ended as a shell does.
    private const int SignalBase = 128;

    /// <summary>Number of the signal that ended the program; null if it exited.</summary>
    public int? Signal => ExitCode is > SignalBase and < SignalBase + 65 ? ExitCode - SignalBase : null;
}
