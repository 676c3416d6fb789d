using Infra.Operations.Processes;
using Infra.Operations.Workspace;

namespace Infra.Tests.Support;

/// <summary>Runs a development tool to its end.</summary>
internal static class Tool
{
    /// <param name="request">Program and arguments; the working directory is the checkout, unless another one is set.</param>
    /// <returns>Exit code and both streams.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(ProcessRequest request)
    {
        using var interruption = new Interruption();
        ProcessResult result = await new ProcessRunner(interruption, EnvironmentVariables.OfThisProcess())
            .RunAsync(request with { WorkingDirectory = request.WorkingDirectory ?? Checkout.Find().Root });
        return (result.ExitCode, result.Output + result.Error);
    }
}
