using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Infra.Operations.Processes;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Terraform;

/// <summary><c>terraform validate</c> with the real provider's schema: without backend, account or credentials.</summary>
internal sealed class StackValidator
{
    /// <summary>Limited because each run loads the provider of 700 MB.</summary>
    private const int AtOnce = 2;

    private readonly ProcessRunner _runner;
    private readonly TerraformBinary _terraform;
    private readonly ProviderLock _provider;
    private readonly string? _mirror;
    private readonly string _workFolder;
    private readonly Dictionary<string, string?> _variables;
    private readonly ConcurrentDictionary<string, Lazy<Task<Prepared>>> _prepared = new(StringComparer.Ordinal);

    private StackValidator(ProcessRunner runner, TerraformBinary terraform, ProviderLock provider, string workFolder)
    {
        _runner = runner;
        _terraform = terraform;
        _provider = provider;
        _workFolder = workFolder;
        _mirror = TerraformSetup.Mirror(provider);
        string configuration = CliConfiguration.Choose(workFolder, Environment.GetEnvironmentVariable(CliConfiguration.Variable), _mirror, provider.Source);
        _variables = TerraformSetup.Variables(configuration, emulator: null, profile: null, Environment.GetEnvironmentVariables().Keys.Cast<string>());
    }

    /// <param name="runner">Starts Terraform.</param>
    /// <param name="root">Root of the checkout with the lock file.</param>
    /// <param name="workFolder">Folder for the CLI configuration and Terraform's data.</param>
    public static async Task<StackValidator> CreateAsync(ProcessRunner runner, string root, string workFolder) => new(
        runner,
        await TerraformBinary.FindAsync(runner, Environment.GetEnvironmentVariable(TerraformBinary.Variable)),
        ProviderLock.Read(root),
        workFolder);

    /// <summary>Diagnostics of each stack of each output folder: errors and warnings, one line each.</summary>
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
        Prepared prepared = await PrepareAsync(folder);
        if (prepared.Init.ExitCode != 0) return [$"terraform init: {prepared.Init.Error}{prepared.Init.Output}"];
        ProcessResult validate = await TerraformAsync(folder, prepared.Data, "validate", "-json");
        return [.. JObject.Parse(validate.Output)["diagnostics"]!.Select(diagnostic =>
            $"{diagnostic["severity"]}: {diagnostic["address"] ?? diagnostic["snippet"]?["context"]} {diagnostic["summary"]}: {diagnostic["detail"]}")];
    }

    /// <summary>Without a backend, init only depends on the providers: it runs once for all stacks with the same providers.</summary>
    private Task<Prepared> PrepareAsync(StackFolder folder)
    {
        string providers = folder.Json.SelectToken("terraform.required_providers")?.ToString(Formatting.None) ?? "";
        return _prepared.GetOrAdd(providers, _ => new Lazy<Task<Prepared>>(async () =>
        {
            string data = Path.Combine(_workFolder, "validate", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(providers)))[..12]);
            return new Prepared(data, await TerraformAsync(folder, data, "init", "-backend=false", "-input=false", "-no-color"));
        })).Value;
    }

    private Task<ProcessResult> TerraformAsync(StackFolder folder, string data, params string[] arguments) =>
        _runner.RunAsync(new ProcessRequest(_terraform.Path, arguments)
        {
            WorkingDirectory = folder.Path,
            Variables = new Dictionary<string, string?>(_variables) { ["TF_DATA_DIR"] = data },
        });

    /// <param name="Data">Data folder of Terraform.</param>
    /// <param name="Init">Result of its init.</param>
    private sealed record Prepared(string Data, ProcessResult Init);
}
