using System.Diagnostics;
using Infra.Configuration;
using Infra.Contracts;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Sessions;

/// <summary>Synthesizes an environment and completes the stack folders for Terraform.</summary>
internal static class Synthesizer
{
    /// <summary>Writes all stacks of an environment for a real account into a folder of its own.</summary>
    /// <param name="context">Context of the run.</param>
    /// <param name="environment">Environment.</param>
    /// <param name="purpose">Folder below the work folder; each command has its own, so that they can run at the same time.</param>
    /// <returns>The output folder.</returns>
    public static string RunFor(RunContext context, LoadedEnvironment environment, string purpose)
    {
        string outDir = Path.Combine(context.Checkout.WorkFolder, purpose, $"{environment.Config.Project}-{environment.Config.Name}");
        Run(context, environment, outDir, emulator: null);
        return outDir;
    }

    /// <summary>Writes all stacks of an environment.</summary>
    /// <param name="context">Context of the run.</param>
    /// <param name="environment">Environment.</param>
    /// <param name="outDir">Output folder.</param>
    /// <param name="emulator">Profile of the emulator; null means a real account.</param>
    /// <returns>How long it took.</returns>
    public static TimeSpan Run(RunContext context, LoadedEnvironment environment, string outDir, EmulatorProfile? emulator)
    {
        var watch = Stopwatch.StartNew();
        Directory.CreateDirectory(Path.Combine(outDir, "stacks"));
        // A stack that was removed from the sources must not remain from an earlier run.
        foreach (string stack in StackFolder.Names(outDir))
            File.Delete(Path.Combine(outDir, "stacks", stack, "cdk.tf.json"));
        SynthesisResult result = context.Synthesize(new SynthesisRequest(environment, Path.GetFullPath(outDir), emulator));
        if (result.Findings.Count > 0)
            throw EnvironmentLoader.Invalid(context, environment.File, result.Findings);

        ProviderLock provider = ProviderLock.Read(context.Checkout.Root);
        string? mirror = TerraformSetup.Mirror(provider, context.Variables);
        foreach (string name in StackFolder.Names(outDir))
        {
            StackFolder stack = StackFolder.Open(outDir, name);
            stack.Complete(provider, mirror);
            if (emulator is null)
                stack.RemovePlaceholders();
            else
                stack.AddPlaceholders(context.Variables);
        }

        return watch.Elapsed;
    }
}
