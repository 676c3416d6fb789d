namespace Infra.Operations.Output;

/// <summary>A failure that was foreseen: shown as its message and what to do, without a stack trace.</summary>
public class OperationException(ExitCode exitCode, string message, string? remedy = null, Exception? inner = null)
    : Exception(message, inner)
{
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>What the user does next, one or more lines; none where the message says it all.</summary>
    public string? Remedy { get; } = remedy;

    public static OperationException BadInput(string message, string? remedy = null) => new(ExitCode.BadInput, message, remedy);

    public static OperationException Failed(string message, string? remedy = null) => new(ExitCode.Failed, message, remedy);

    public static OperationException ToolMissing(string message, string remedy) => new(ExitCode.ToolMissing, message, remedy);
}
