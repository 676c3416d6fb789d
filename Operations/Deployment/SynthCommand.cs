using Infra.Configuration;
using Infra.Contracts;
using Infra.Operations.Emulator;
using Infra.Operations.Output;
using Infra.Operations.Sessions;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;

namespace Infra.Operations.Deployment;

/// <summary>The verb synth, and what cdktf calls.</summary>
internal static class SynthCommand
{
    /// <summary>Variable in which cdktf says where to write.</summary>
    private const string CdktfOutDir = "CDKTF_OUTDIR";

    public static async Task<ExitCode> RunAsync(RunContext context, SessionOptions options, string? outDir)
    {
        LoadedEnvironment environment = EnvironmentLoader.Load(context, options.Chosen);
        string? cdktfs = Environment.GetEnvironmentVariable(CdktfOutDir);
        string folder = Path.GetFullPath(outDir ?? (string.IsNullOrEmpty(cdktfs) ? context.Checkout.DefaultOutDir : cdktfs));
        TimeSpan took = Synthesizer.Run(context, environment, folder, await ProfileAsync(context, environment, options.Emulator));
        context.Reporter.Line($"{environment.Config.Project} {environment.Config.Name}: {string.Join(", ", StackFolder.Names(folder))} "
            + $"in {context.Checkout.Show(folder)} ({Reporter.Duration(took)})");
        return ExitCode.Ok;
    }

    /// <summary>The emulator need not run to synthesize; where it does, Terraform run by hand finds its port.</summary>
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
