namespace Infra.Operations.Output;

/// <summary>An expected failure: shown as its message and remedy, without a stack trace.</summary>
public class OperationException(ExitCode exitCode, string message, string? remedy = null, Exception? inner = null)
    : Exception(message, inner)
{
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>What the user has to do, one or more lines; null if the message is enough.</summary>
    public string? Remedy { get; } = remedy;

    public static OperationException BadInput(string message, string? remedy = null) => new(ExitCode.BadInput, message, remedy);

    public static OperationException Failed(string message, string? remedy = null) => new(ExitCode.Failed, message, remedy);

    public static OperationException ToolMissing(string message, string remedy) => new(ExitCode.ToolMissing, message, remedy);
}
