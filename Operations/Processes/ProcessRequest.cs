namespace Infra.Operations.Processes;

/// <summary>A program to run.</summary>
/// <param name="Program">Absolute path, or a name to be found on PATH.</param>
/// <param name="Arguments">Arguments, as they are: nothing goes through a shell.</param>
internal sealed record ProcessRequest(string Program, params IReadOnlyList<string> Arguments)
{
    public string? WorkingDirectory { get; init; }

    /// <summary>Variables to set, or to remove where the value is null, on top of this process's own.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>();

    /// <summary>Called for each line of standard output, as it comes, from another thread.</summary>
    public Action<string>? OnOutput { get; init; }

    /// <summary>Called for each line of standard error, as it comes, from another thread.</summary>
    public Action<string>? OnError { get; init; }
}

/// <param name="ExitCode">Exit code of the program.</param>
/// <param name="Output">Standard output, whole.</param>
/// <param name="Error">Standard error, whole.</param>
/// <param name="Duration">How long it ran.</param>
internal sealed record ProcessResult(int ExitCode, string Output, string Error, TimeSpan Duration);
