using System.Diagnostics;
using System.Globalization;
using Infra.Operations.Emulator;
using Infra.Operations.Workspace;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Infra.Tests.Emulator.Servers;

/// <summary>Starts the local AWS of sandboxes as copies of one process that has loaded moto: server-template.py.</summary>
internal sealed class EmulatorTemplate : IDisposable
{
    private static readonly string Root = Checkout.Find().Root;

    private static readonly Lazy<EmulatorTemplate?> OfThisRun = new(Create);

    private readonly Process _process;

    private EmulatorTemplate(string python, string pythonPath)
    {
        var start = new ProcessStartInfo(python, [Path.Combine(Root, "Tests", "Emulator", "Servers", "server-template.py")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PYTHONPATH"] = pythonPath;
        _process = Process.Start(start)!;
    }

    /// <summary>Starts a server with its files in a folder; does nothing where moto runs in a container, which cannot be copied.</summary>
    /// <param name="folder">Folder of <c>./infra</c> for its emulator.</param>
    /// <param name="variables">Environment variables of the server.</param>
    public static void Start(string folder, IReadOnlyDictionary<string, string> variables) =>
        OfThisRun.Value?.StartServer(folder, variables);

    /// <summary>Ends the process; servers that it started are not affected.</summary>
    public static void Stop()
    {
        if (OfThisRun.IsValueCreated)
            OfThisRun.Value?.Dispose();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static EmulatorTemplate? Create()
    {
        using Process get = Process.Start(new ProcessStartInfo(Path.Combine(Root, "emulator", "get")) { RedirectStandardOutput = true })!;
        string answer = get.StandardOutput.ReadToEnd();
        get.WaitForExit();
        JObject moto = get.ExitCode == 0 ? JObject.Parse(answer) : throw new InvalidOperationException("emulator/get failed");
        return (string?)moto["python"] is { } python ? new EmulatorTemplate(python, (string?)moto["pythonPath"] ?? "") : null;
    }

    private void StartServer(string folder, IReadOnlyDictionary<string, string> variables)
    {
        string state = Path.Combine(folder, "state.json");
        int started;
        lock (_process)
        {
            _process.StandardInput.WriteLine(JsonConvert.SerializeObject(new
            {
                arguments = new[] { "--state", state, "--log", Path.Combine(folder, "server.log") },
                variables,
            }));
            started = int.Parse(
                _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the emulator's template has ended"),
                CultureInfo.InvariantCulture);
        }

        var watch = Stopwatch.StartNew();
        while (EmulatorState.Read(state)?.ProcessId != started)
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(10))
                throw new InvalidOperationException($"the emulator in {folder} did not start; see its server.log");
            Thread.Sleep(20);
        }
    }
}
