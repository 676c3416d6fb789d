using Infra.Operations.Processes;
using Infra.Operations.Terraform;
using Infra.Operations.Workspace;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Support;

/// <summary>Real Terraform with the real provider, without backend and account: <c>terraform validate</c> of synthesized stacks.</summary>
internal static class TerraformValidator
{
    /// <summary>Each run loads the provider, of 700 MB.</summary>
    private const int AtOnce = 2;

    /// <summary>What Terraform has to say about each stack of each output folder: errors and warnings, one line each.</summary>
    public static async Task<IReadOnlyDictionary<(string OutDir, string Stack), IReadOnlyList<string>>> RunAsync(IEnumerable<string> outDirs)
    {
        Checkout checkout = Checkout.Find();
        using var interruption = new Interruption();
        var runner = new ProcessRunner(interruption);
        ProviderLock provider = ProviderLock.Read(checkout.Root);
        string? mirror = TerraformSetup.Mirror(provider);
        TerraformBinary terraform = await TerraformBinary.FindAsync(runner, Environment.GetEnvironmentVariable(TerraformBinary.Variable));
        string configuration = CliConfiguration.Choose(TestRun.OutDir, Environment.GetEnvironmentVariable(CliConfiguration.Variable), mirror, provider.Source);
        Dictionary<string, string?> variables = TerraformSetup.Variables(configuration, emulator: false, profile: null, present: []);

        using var turns = new SemaphoreSlim(AtOnce);
        var runs = (from outDir in outDirs
                    from stack in StackFolder.Names(outDir)
                    select (Key: (outDir, stack), Run: ValidateAsync(StackFolder.Open(outDir, stack)))).ToList();
        await Task.WhenAll(runs.Select(run => run.Run));
        return runs.ToDictionary(run => run.Key, run => run.Run.Result);

        async Task<IReadOnlyList<string>> ValidateAsync(StackFolder folder)
        {
            await turns.WaitAsync();
            try
            {
                folder.Complete(provider, mirror);
                ProcessResult init = await RunTerraformAsync(folder, "init", "-backend=false", "-input=false", "-no-color");
                if (init.ExitCode != 0) return [$"terraform init: {init.Error}{init.Output}"];
                ProcessResult validate = await RunTerraformAsync(folder, "validate", "-json");
                return [.. JObject.Parse(validate.Output)["diagnostics"]!.Select(diagnostic =>
                    $"{diagnostic["severity"]}: {diagnostic["address"] ?? diagnostic["snippet"]?["context"]} {diagnostic["summary"]}: {diagnostic["detail"]}")];
            }
            finally
            {
                turns.Release();
            }
        }

        Task<ProcessResult> RunTerraformAsync(StackFolder folder, params string[] arguments) =>
            runner.RunAsync(new ProcessRequest(terraform.Path, arguments) { WorkingDirectory = folder.Path, Variables = variables });
    }
}
