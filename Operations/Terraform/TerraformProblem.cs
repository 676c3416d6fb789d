using Infra.Operations.Processes;

namespace Infra.Operations.Terraform;

/// <summary>Why a run of Terraform failed, from its human-readable output.</summary>
internal static class TerraformProblem
{
    // What does not start with "Error" is short: "Failed to determine current working directory", or a message of a wrapper script.
    private const int LastLines = 5;

    /// <summary>The output from the first error on, without its frame; without an error, how Terraform ended and its last lines.</summary>
    public static string Of(ProcessResult result)
    {
        string[] lines = [.. (result.Error.Length > 0 ? result.Error : result.Output)
            .Split('\n').Select(line => line.TrimStart('│', '╷', '╵', ' ').TrimEnd()).Where(line => line.Length > 0)];
        string[] problem = [.. lines.SkipWhile(line => !line.StartsWith("Error", StringComparison.Ordinal))];
        if (problem.Length > 0)
            return string.Join('\n', problem);
        if (result.Signal is { } signal)
            return $"Terraform was ended by signal {signal}, for example by the system because of too little memory";
        return lines.Length == 0
            ? $"Terraform ended with exit code {result.ExitCode} and printed nothing"
            : $"Terraform ended with exit code {result.ExitCode}; its last lines:\n{string.Join('\n', lines.TakeLast(LastLines))}";
    }
}
