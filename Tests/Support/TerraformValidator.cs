using Infra.Operations.Processes;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Tests.Support;

/// <summary>Real Terraform with the real provider, without backend and account.</summary>
internal static class TerraformValidator
{
    /// <summary>Messages of <c>terraform validate</c> for each stack of each output folder.</summary>
    public static async Task<IReadOnlyDictionary<(string OutDir, string Stack),
    IReadOnlyList<string>>> RunAsync(IEnumerable<string> outDirs)
    {
        using var interruption = new Interruption();
        StackValidator validator = await StackValidator.CreateAsync(
            new ProcessRunner(interruption, EnvironmentVariables.OfThisProcess()), Checkout.Find().Root, SynthesisFolder.FullName,
            EnvironmentVariables.OfThisProcess());
        return await validator.RunAsync(outDirs);
    }
}
