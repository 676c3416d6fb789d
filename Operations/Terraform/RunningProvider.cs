using System.Text.RegularExpressions;
using Infra.Operations.Output;
using Infra.Operations.Processes;

namespace Infra.Operations.Terraform;

/// <summary>
/// One provider process that a Terraform command connects to, as to a provider under a debugger, instead of starting one for each provider
/// configuration. A start takes over half a second of processor time. Only for commands that do not configure the provider, because a
/// process has one configuration.
/// https://developer.hashicorp.com/terraform/plugin/debugging#terraform-cli-with-tf_reattach_providers
/// </summary>
internal sealed partial class RunningProvider : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task<ProcessResult> _run;

    private RunningProvider(ProcessRunner runner, string program, IReadOnlyDictionary<string, string?> variables) =>
        _run = runner.RunAsync(new ProcessRequest(program, "-debug") { Variables = variables, OnOutput = Read, Stop = _stop.Token });

    /// <summary>Value of TF_REATTACH_PROVIDERS.</summary>
    public string Address => _address.Task.Result;

    /// <summary>Starts the provider that <c>terraform init</c> has installed.</summary>
    /// <param name="runner">Starts the provider.</param>
    /// <param name="folder">Folder in which init was run.</param>
    /// <param name="provider">Pinned provider.</param>
    /// <param name="variables">Environment variables of Terraform.</param>
    /// <exception cref="OperationException">It ended instead of waiting for a connection.</exception>
    public static async Task<RunningProvider> StartAsync(
        ProcessRunner runner, string folder, ProviderLock provider, IReadOnlyDictionary<string, string?> variables)
    {
        var started = new RunningProvider(runner, Program(folder, provider), variables);
        if (await Task.WhenAny(started._address.Task, started._run) == started._address.Task)
            return started;
        ProcessResult ended = await started._run;
        throw OperationException.Failed($"the provider ended with exit code {ended.ExitCode}", $"{ended.Output}{ended.Error}".Trim());
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private static string Program(string folder, ProviderLock provider)
    {
        string platforms = Path.Combine(folder, ".terraform", "providers", "registry.terraform.io", provider.Source, provider.Version);
        return Directory.EnumerateFiles(Directory.EnumerateDirectories(platforms).Single(), "terraform-provider-*").Single();
    }

    private void Read(string line)
    {
        // On Windows the line for PowerShell.
        if (Pattern().Match(line) is { Success: true } match)
            _address.TrySetResult(match.Groups["address"].Value);
    }

    [GeneratedRegex("TF_REATTACH_PROVIDERS='(?<address>.*)'")]
    private static partial Regex Pattern();
}
