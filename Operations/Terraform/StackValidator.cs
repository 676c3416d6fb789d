using Infra.Operations.Processes;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary><c>terraform validate</c> with the real provider's schema: without backend, account or credentials.</summary>
internal sealed class StackValidator
{
    /// <summary>Each run loads the provider, of 700 MB.</summary>
    private const int AtOnce = 2;

    private readonly ProcessRunner _runner;
    private readonly TerraformBinary _terraform;
    private readonly ProviderLock _provider;
    private readonly string? _mirror;
    private readonly Dictionary<string, string?> _variables;

    private StackValidator(ProcessRunner runner, TerraformBinary terraform, ProviderLock provider, string workFolder)
    {
        _runner = runner;
        _terraform = terraform;
        _provider = provider;
        _mirror = TerraformSetup.Mirror(provider);
        string configuration = CliConfiguration.Choose(workFolder, Environment.GetEnvironmentVariable(CliConfiguration.Variable), _mirror, provider.Source);
        _variables = TerraformSetup.Variables(configuration, emulator: null, profile: null, present: []);
    }

    /// <param name="runner">Starts Terraform.</param>
    /// <param name="root">Root of the checkout, which holds the lock file.</param>
    /// <param name="workFolder">Where to write the CLI configuration.</param>
    public static async Task<StackValidator> CreateAsync(ProcessRunner runner, string root, string workFolder) => new(
        runner,
        await TerraformBinary.FindAsync(runner, Environment.GetEnvironmentVariable(TerraformBinary.Variable)),
        ProviderLock.Read(root),
        workFolder);

    /// <summary>What Terraform has to say about each stack of each output folder: errors and warnings, one line each.</summary>
    public async Task<IReadOnlyDictionary<(string OutDir, string Stack), IReadOnlyList<string>>> RunAsync(IEnumerable<string> outDirs)
    {
        using var turns = new SemaphoreSlim(AtOnce);
        var runs = (from outDir in outDirs
                    from stack in StackFolder.Names(outDir)
                    select (Key: (outDir, stack), Run: InTurnAsync(turns, StackFolder.Open(outDir, stack)))).ToList();
        await Task.WhenAll(runs.Select(run => run.Run));
        return runs.ToDictionary(run => run.Key, run => run.Run.Result);
    }

    private async Task<IReadOnlyList<string>> InTurnAsync(SemaphoreSlim turns, StackFolder folder)
    {
        await turns.WaitAsync();
        try
        {
            return await ValidateAsync(folder);
        }
        finally
        {
            turns.Release();
        }
    }

    private async Task<IReadOnlyList<string>> ValidateAsync(StackFolder folder)
    {
        folder.Complete(_provider, _mirror);
        ProcessResult init = await TerraformAsync(folder, "init", "-backend=false", "-input=false", "-no-color");
        if (init.ExitCode != 0) return [$"terraform init: {init.Error}{init.Output}"];
        ProcessResult validate = await TerraformAsync(folder, "validate", "-json");
        return [.. JObject.Parse(validate.Output)["diagnostics"]!.Select(diagnostic =>
            $"{diagnostic["severity"]}: {diagnostic["address"] ?? diagnostic["snippet"]?["context"]} {diagnostic["summary"]}: {diagnostic["detail"]}")];
    }

    private Task<ProcessResult> TerraformAsync(StackFolder folder, params string[] arguments) =>
        _runner.RunAsync(new ProcessRequest(_terraform.Path, arguments) { WorkingDirectory = folder.Path, Variables = _variables });
}
