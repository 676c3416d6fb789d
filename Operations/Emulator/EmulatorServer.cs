using System.Diagnostics;
using System.Globalization;
using Infra.Operations.Output;
using Infra.Operations.Processes;
using Infra.Operations.Workspace;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Operations.Emulator;

/// <summary>The emulator of this checkout. Its data is in memory and is lost when it stops.</summary>
internal sealed class EmulatorServer(Checkout checkout, ProcessRunner runner, Reporter reporter)
{
    /// <summary>Exit code of <c>emulator/run</c> if one is running already.</summary>
    private const int AlreadyRunning = 3;

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private string Script(string name) => Path.Combine(checkout.Root, "emulator", name);

    private string StateFile => Path.Combine(checkout.Emulator, "state.json");

    /// <summary>The running emulator; null if none is running, even if a state file is left.</summary>
    public async Task<EmulatorState?> FindAsync()
    {
        if (EmulatorState.Read(StateFile) is not { } state)
            return null;
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        try
        {
            string answer = await client.GetStringAsync(new Uri(state.Url, "/_infra/health"));
            return (int?)JObject.Parse(answer)["pid"] == state.ProcessId ? state : null;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Ensures that moto is installed, without starting it.</summary>
    public async Task GetAsync() => await ScriptAsync("get", []);

    /// <summary>Starts the emulator as a background process.</summary>
    /// <param name="port">Port on the loopback interface; 0 means a free one.</param>
    /// <returns>The running emulator, and whether this call started it.</returns>
    public async Task<(EmulatorState State, bool Started)> StartAsync(int port = 0)
    {
        if (await FindAsync() is { } running)
            return (running, false);
        Directory.CreateDirectory(checkout.Emulator);
        ProcessResult result = await ScriptAsync(
            "run",
            ["--port", port.ToString(CultureInfo.InvariantCulture), "--state", StateFile, "--log",
                Path.Combine(checkout.Emulator, "server.log"), "--detach"],
            AlreadyRunning);
        EmulatorState state = await AnsweringAsync()
            ?? throw OperationException.Failed(
                "the emulator started, but does not respond", $"see {checkout.Show(Path.Combine(checkout.Emulator, "server.log"))}");
        return (state, result.ExitCode != AlreadyRunning);
    }

    /// <summary>The emulator that was just started, by this process or by another one that started at the same time.</summary>
    private async Task<EmulatorState?> AnsweringAsync()
    {
        var watch = Stopwatch.StartNew();
        EmulatorState? state;
        while ((state = await FindAsync()) is null && watch.Elapsed < StartTimeout)
            await Task.Delay(200);
        return state;
    }

    /// <summary>Stops the running emulator.</summary>
    /// <returns>The emulator that was stopped; null if none was running.</returns>
    public async Task<EmulatorState?> StopAsync()
    {
        if (await FindAsync() is not { } state)
            return null;
        Signals.Send(state.ProcessId, Signals.Terminate);
        var watch = Stopwatch.StartNew();
        while (await FindAsync() is not null)
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(10))
                throw OperationException.Failed($"the emulator (process {state.ProcessId}) does not stop", $"kill -9 {state.ProcessId}");
            await Task.Delay(100);
        }

        return state;
    }

    private async Task<ProcessResult> ScriptAsync(string script, IReadOnlyList<string> arguments, params int[] alsoFine)
    {
        ProcessResult result = await runner.RunAsync(new ProcessRequest(Script(script), arguments)
        {
            WorkingDirectory = checkout.Root,
            OnError = line => reporter.Detail($"  {line}"),
        });
        return result.ExitCode == 0 || alsoFine.Contains(result.ExitCode)
            ? result
            : throw OperationException.Failed($"emulator/{script} failed; see the output above");
    }
}
