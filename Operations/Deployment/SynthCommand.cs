using Infra.Configuration;
using Infra.Contracts;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>The synth command, which cdktf also runs.</summary>
internal static class SynthCommand
{
    /// <summary>Variable with the output folder that cdktf sets.</summary>
    private const string CdktfOutDir = "CDKTF_OUTDIR";

    public static async Task<ExitCode> RunAsync(RunContext context, SessionOptions options, string? outDir)
    {
        LoadedEnvironment environment = EnvironmentLoader.Load(context, options.Environment);
        string folder = Path.GetFullPath(outDir ?? context.Variables[CdktfOutDir] ?? context.Checkout.DefaultOutDir);
        Create(folder);
        TimeSpan took = Synthesizer.Run(context, environment, folder, await ProfileAsync(context, environment, options.Emulator));
        context.Reporter.Line($"{environment.Config.Project} {environment.Config.Name}: {string.Join(", ", StackFolder.Names(folder))} "
            + $"in {context.Checkout.Show(folder)} ({Reporter.Duration(took)})");
        return ExitCode.Ok;
    }

    private static void Create(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OperationException.BadInput(
                $"the output folder {folder} cannot be created: {e.Message}", "pass a folder that can be written: --out DIR");
        }
    }

    /// <summary>
    /// The emulator does not have to run for synthesis; if it runs, its port is written so that Terraform can be run manually.
    /// </summary>
    private static async Task<EmulatorProfile?> ProfileAsync(RunContext context, LoadedEnvironment environment, bool emulator)
    {
        if (!emulator && !environment.Config.Emulator)
            return null;
        string account = environment.Config.Account;
        EmulatorState? running = await new EmulatorServer(context.Checkout, context.Runner, context.Reporter).FindAsync();
        return running is null
            ? EmulatorProfiles.Of(context.Checkout, account)
            : EmulatorProfiles.Write(context.Checkout, account, environment.Config.Region, running.Url);
    }
}
