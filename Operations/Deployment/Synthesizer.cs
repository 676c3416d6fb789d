using System.Diagnostics;
using Infra.Configuration;
using Infra.Operations.Terraform;

namespace Infra.Operations.Deployment;

/// <summary>Synthesizes an environment and completes the stack folders for Terraform.</summary>
internal static class Synthesizer
{
    /// <summary>Writes all stacks of an environment.</summary>
    /// <param name="context">What to work with.</param>
    /// <param name="environment">Environment.</param>
    /// <param name="outDir">Output folder.</param>
    /// <param name="emulator">How to reach the emulator; none means a real account.</param>
    /// <returns>How long it took.</returns>
    public static TimeSpan Run(RunContext context, LoadedEnvironment environment, string outDir, EmulatorProfile? emulator)
    {
        var watch = Stopwatch.StartNew();
        SynthesisResult result = context.Synthesize(new SynthesisRequest(environment, Path.GetFullPath(outDir), emulator));
        if (result.Findings.Count > 0)
            throw EnvironmentLoader.Invalid(context, environment.File, result.Findings);

        ProviderLock provider = ProviderLock.Read(context.Checkout.Root);
        string? mirror = TerraformSetup.Mirror(provider);
        foreach (string stack in StackFolder.Names(outDir))
            StackFolder.Open(outDir, stack).Complete(provider, mirror);
        return watch.Elapsed;
    }
}
